// Starts the design system's scripts. Every journey works without this file.
// The address of the library stands on the script element, because its file name carries a hash.
const here = document.querySelector('script[data-library]')
const { initAll } = await import(here.dataset.library)
initAll()

// After a redirect the answer is the news: move there, unless an error summary took the focus.
if (!document.querySelector('.govuk-error-summary')) document.querySelector('[data-focus-on-load]')?.focus()

if ('serviceWorker' in navigator && here.dataset.worker) {
  navigator.serviceWorker.register(here.dataset.worker).catch(function () {})
}
