(function () {
  "use strict";

  // Light and dark: the system's choice until the reader makes one, which then stays.
  var root = document.documentElement;
  var button = document.querySelector("button.scheme");
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  function isDark() {
    return root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches;
  }
  function showScheme() {
    button.hidden = false;
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", "Switch to " + (isDark() ? "light" : "dark") + " colours");
  }
  button.addEventListener("click", function () {
    root.dataset.scheme = isDark() ? "light" : "dark";
    try { localStorage.setItem("secondlook-scheme", root.dataset.scheme); } catch (error) { /* private window */ }
    showScheme();
  });
  system.addEventListener("change", showScheme);
  showScheme();

  // Tabs, with the arrow keys, as the ARIA practices ask.
  document.querySelectorAll(".tabset").forEach(function (set) {
    var tabs = Array.prototype.slice.call(set.querySelectorAll(":scope > [role=tablist] > [role=tab]"));
    function choose(chosen) {
      tabs.forEach(function (tab) {
        var selected = tab === chosen;
        tab.setAttribute("aria-selected", String(selected));
        tab.tabIndex = selected ? 0 : -1;
        document.getElementById(tab.getAttribute("aria-controls")).hidden = !selected;
      });
    }
    function show(tab) {
      choose(tab);
      var group = set.dataset.group;
      if (group) document.querySelectorAll('.tabset[data-group="' + CSS.escape(group) + '"]').forEach(function (other) {
        other.dispatchEvent(new CustomEvent("choose", { detail: tab.textContent.trim() }));
      });
    }
    set.addEventListener("choose", function (event) {
      tabs.forEach(function (tab) { if (tab.textContent.trim() === event.detail) choose(tab); });
    });
    tabs.forEach(function (tab, index) {
      tab.addEventListener("click", function () { show(tab); });
      tab.addEventListener("keydown", function (event) {
        var steps = { ArrowRight: 1, ArrowLeft: -1 };
        var next = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1
          : event.key in steps ? (index + steps[event.key] + tabs.length) % tabs.length : -1;
        if (next < 0) return;
        event.preventDefault();
        tabs[next].focus();
        show(tabs[next]);
      });
    });
    choose(tabs[0]);
  });

  // A link to something inside a closed tab or fold opens it.
  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) return;
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
      if (node.getAttribute("role") === "tabpanel" && node.hidden)
        document.getElementById(node.getAttribute("aria-labelledby")).click();
    }
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  // A box that scrolls must be reachable by the keyboard.
  document.querySelectorAll(".wide").forEach(function (box) {
    if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; box.setAttribute("role", "group"); box.setAttribute("aria-label", "Wide content, scrolls sideways"); }
  });

  // The contents show where one is, and start closed on a phone.
  var contents = document.querySelector("nav.contents");
  if (contents) {
    var narrow = window.matchMedia("(max-width: 70rem)");
    var fold = contents.querySelector("details");
    var fit = function () { fold.open = !narrow.matches; };
    narrow.addEventListener("change", fit);
    fit();
    var links = Array.prototype.slice.call(contents.querySelectorAll("a[href^='#']"));
    var marks = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
    var follow = function () {
      var at = 0;
      marks.forEach(function (mark, index) { if (mark && mark.getBoundingClientRect().top < 120) at = index; });
      links.forEach(function (link, index) {
        if (index === at) link.setAttribute("aria-current", "location"); else link.removeAttribute("aria-current");
      });
    };
    document.addEventListener("scroll", follow, { passive: true });
    follow();
  }

  // On paper everything is open.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.callout").forEach(function (fold) { fold.open = true; });
  });
})();
