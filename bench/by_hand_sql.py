"""The measures as an analyst would write them in DuckDB's SQL: no checks, no gaps, no intervals.

``calendar`` is her table of days with the number of working days up to each; ``days`` the days a stock is counted on.
"""

from __future__ import annotations

from bench.events import END, START

YEAR = f"BETWEEN DATE '{START}' AND DATE '{END}'"
_LAST = f"DATE '{END}'"


def share(rows: str, date: str, hit: str, *, where: str = "true") -> str:
    return f"""
        SELECT team, date_trunc('month', {date})::DATE AS period_start,
            count(*) FILTER (WHERE {hit}) AS numerator, count(*) AS denominator, 100 * numerator / denominator AS value
        FROM {rows} WHERE {date} {YEAR} AND {where} GROUP BY ALL"""


def _in_time(table: str, start: str, end: str, counted_on: str, limit: int, *, where: str = "true") -> str:
    rows = f"{table} LEFT JOIN calendar AS s ON s.day = {start} LEFT JOIN calendar AS e ON e.day = {end}"
    return share(rows, counted_on, f"e.worked - s.worked <= {limit}", where=where)


_OPEN = "start_date <= day AND (end_date IS NULL OR end_date > day)"

SQL = {
    "referrals": f"""
        SELECT team, date_trunc('month', referral_date)::DATE AS period_start, count(*) AS value
        FROM referrals WHERE referral_date {YEAR} GROUP BY ALL""",
    "rereferrals": share(
        "(SELECT *, lag(referral_date) OVER (PARTITION BY child_id ORDER BY referral_date) AS before FROM referrals)",
        "referral_date",
        "before + INTERVAL 12 MONTH >= referral_date",
    ),
    "no_further_action": share("referrals", "referral_date", "no_further_action"),
    "assessed_not_in_need": share(
        "referrals",
        "referral_date",
        "closure_reason IN ('RC8', 'RC9') AND NOT no_further_action AND closure_date <= last_day(referral_date)",
    ),
    "decided_in_time": _in_time("referrals", "referral_date", "decision_date", "referral_date", 1),
    "assessed_in_time": _in_time(
        "assessments", "referral_date", "authorisation_date", "authorisation_date", 45, where="referral_date IS NOT NULL"
    ),
    "conferences_in_time": _in_time(
        "conferences", "strategy_discussion_date", "conference_date", "conference_date", 15,
        where="NOT transfer_in AND strategy_discussion_date IS NOT NULL",
    ),
    "conversion": f"""
        WITH starts AS (SELECT team, child_id, start_date FROM enquiries WHERE start_date {YEAR}),
        reached AS (
            SELECT DISTINCT child_id, start_date FROM starts JOIN conferences USING (child_id)
            WHERE conference_date - start_date BETWEEN 0 AND 28 AND NOT transfer_in)
        SELECT starts.team, date_trunc('month', starts.start_date)::DATE AS period_start,
            count(*) FILTER (WHERE starts.start_date <= {_LAST} - 28 AND reached.child_id IS NOT NULL) AS numerator,
            count(*) FILTER (WHERE starts.start_date <= {_LAST} - 28) AS denominator,
            count(*) - denominator AS immature_starts,
            100 * numerator / nullif(denominator, 0) AS conversion
        FROM starts LEFT JOIN reached ON reached.child_id = starts.child_id AND reached.start_date = starts.start_date
        GROUP BY ALL""",
    "second_or_subsequent_plans": share(
        "(SELECT *, lag(start_date) OVER (PARTITION BY child_id ORDER BY start_date) AS before FROM plans)",
        "start_date",
        "before IS NOT NULL OR number_of_previous_plans > 0",
    ),
    "second_or_subsequent_plans_within_two_years": share(
        "(SELECT *, lag(end_date) OVER (PARTITION BY child_id ORDER BY start_date) AS before FROM plans)",
        "start_date",
        "before + INTERVAL 24 MONTH >= start_date",
    ),
    "plans_ended_after_two_years": share("plans", "end_date", "end_date - start_date + 1 > 729"),
    "plans_open_two_years": f"""
        SELECT team, {_LAST} AS period_start, count(*) FILTER (WHERE {_LAST} - start_date + 1 > 729) AS numerator,
            count(*) AS denominator, 100 * numerator / denominator AS value
        FROM plans WHERE start_date <= {_LAST} AND (end_date IS NULL OR end_date > {_LAST}) GROUP BY ALL""",
    "plans_reviewed_in_time": f"""
        WITH held AS (
            SELECT *, lag(review_date) OVER (PARTITION BY child_id, plan_start_date ORDER BY review_date) AS before
            FROM reviews WHERE review_date <= {_LAST}),
        by_plan AS (
            SELECT child_id, plan_start_date AS start_date, max(review_date) AS last,
                bool_or(review_date > coalesce(before + INTERVAL 6 MONTH, plan_start_date + INTERVAL 3 MONTH)) AS late
            FROM held GROUP BY ALL)
        SELECT team, {_LAST} AS period_start,
            count(*) FILTER (WHERE NOT late AND last + INTERVAL 6 MONTH >= {_LAST}) AS numerator,
            count(*) AS denominator, 100 * numerator / denominator AS value
        FROM plans LEFT JOIN by_plan USING (child_id, start_date)
        WHERE start_date + INTERVAL 3 MONTH < {_LAST} AND (end_date IS NULL OR end_date > {_LAST}) GROUP BY ALL""",
    "children_with_a_plan": f"""
        SELECT team, day AS period_start, count(DISTINCT child_id) AS value
        FROM plans JOIN days ON {_OPEN} GROUP BY ALL""",
    "caseload": f"""
        WITH cases AS (SELECT DISTINCT team, day, child_id, worker_id FROM allocations JOIN days ON {_OPEN})
        SELECT team, day AS period_start, count(*) AS cases,
            count(DISTINCT child_id) AS children_with_an_allocated_social_worker
        FROM cases GROUP BY ALL""",
    "caseload_by_worker": f"""
        WITH held AS (
            SELECT team, day, worker_id, count(DISTINCT child_id) AS held FROM allocations JOIN days ON {_OPEN} GROUP BY ALL)
        SELECT team, day AS period_start, count(*) AS workers_with_cases,
            count(*) FILTER (WHERE held > 18) AS workers_over_a_limit, avg(held) AS mean_caseload,
            median(held) AS median_caseload, max(held) AS highest_caseload
        FROM held GROUP BY ALL""",
    "assessments_per_child": f"""
        SELECT team, date_trunc('month', start_date)::DATE AS period_start,
            count(*) AS numerator, count(DISTINCT child_id) AS denominator, numerator / denominator AS value
        FROM assessments WHERE start_date {YEAR} GROUP BY ALL""",
}
