// A table that is wider than the page scrolls by itself: who uses a keyboard can reach it and scroll it too.
(function () {
  function name(wrap) {
    var before = wrap;
    while (before && !/^H[1-6]$/.test(before.tagName)) before = before.previousElementSibling || before.parentElement;
    return before ? "Table: " + before.textContent.replace("¶", "").trim() : "Table";
  }
  function reach() {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (wrap) {
      if (wrap.scrollWidth <= wrap.clientWidth) {
        ["tabindex", "role", "aria-label"].forEach(function (each) { wrap.removeAttribute(each); });
        return;
      }
      wrap.setAttribute("tabindex", "0");
      wrap.setAttribute("role", "region");
      wrap.setAttribute("aria-label", name(wrap));
    });
  }
  window.addEventListener("load", reach);
  window.addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);
})();
