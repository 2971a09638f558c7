"""The measures of EHC plans as an analyst would write them in DuckDB's SQL: no checks, no gaps, no intervals."""

from __future__ import annotations

from bench.by_hand_sql import YEAR, share

_ISSUED = "request_outcome IN ('Y', 'H') AND assessment_outcome = 'Y'"
_IN_TIME = "plan_start_date - received_date <= 140"

SQL = {
    "requests": f"""
        SELECT team, date_trunc('month', received_date)::DATE AS period_start, count(*) AS value
        FROM journeys WHERE received_date {YEAR} GROUP BY ALL""",
    "refused": share("journeys", "received_date", "request_outcome = 'N'"),
    "decided_in_six_weeks": share(
        "journeys",
        "request_outcome_date",
        "request_outcome_date - received_date <= 42",
        where="request_outcome IN ('Y', 'N')",
    ),
    "issued_in_time_including_exceptions": share("journeys", "plan_start_date", _IN_TIME, where=_ISSUED),
    "issued_in_time_excluding_exceptions": share(
        "journeys", "plan_start_date", _IN_TIME, where=f"{_ISSUED} AND NOT exceptions_apply"
    ),
    "weeks_taken_median": f"""
        SELECT team, date_trunc('month', plan_start_date)::DATE AS period_start,
            median(plan_start_date - received_date) / 7 AS value
        FROM journeys WHERE plan_start_date {YEAR} GROUP BY ALL""",
    "open_requests": """
        WITH ends AS (
            SELECT team, received_date, CASE WHEN request_outcome IN ('N', 'W') THEN request_outcome_date
                ELSE assessment_outcome_date END AS ended
            FROM journeys)
        SELECT team, day AS period_start, count(*) AS value
        FROM ends JOIN days ON received_date <= day AND (ended IS NULL OR ended > day) GROUP BY ALL""",
}
