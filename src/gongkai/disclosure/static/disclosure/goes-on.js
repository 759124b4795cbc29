// What takes longer than one answer may goes on by itself; without script by a button.
document.querySelector("form[data-goes-on]").requestSubmit();
