// Runs before the first paint, as a file of its own because the content policy allows no inline script.
// Keys are those of src/app/preferences.ts.
(function () {
  var root = document.documentElement;
  var scheme = null;
  var language = null;
  try {
    scheme = localStorage.getItem('medhub.scheme');
    language = localStorage.getItem('medhub.language');
  } catch {
    // Storage refused by the browser: the defaults hold.
  }
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  root.setAttribute('data-mantine-color-scheme', scheme);
  if (language === 'en' || language === 'de') root.lang = language;
})();
