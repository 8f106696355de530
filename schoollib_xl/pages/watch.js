(() => {
  "use strict";
  const PAUSE = 2000;
  const PLACE = "schoollib " + location.pathname;
  const folds = () => [...document.querySelectorAll("details")];

  function restore() {
    history.scrollRestoration = "manual";
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    if (!kept) return;
    for (const fold of folds()) {
      if (kept.closed.includes(fold.id)) fold.open = false;
    }
    scrollTo(0, kept.scroll);
  }

  function keep() {
    const closed = folds().filter((fold) => !fold.open).map((fold) => fold.id);
    sessionStorage.setItem(PLACE, JSON.stringify({ closed, scroll: scrollY }));
  }

  function refresh() {
    const isRead = document.visibilityState === "visible";
    const isMarking = !getSelection().isCollapsed;
    if (isRead && !isMarking) {
      keep();
      location.reload();
    } else {
      setTimeout(refresh, PAUSE);
    }
  }

  restore();
  setTimeout(refresh, PAUSE);
})();
