// Starts the design system's scripts. Every journey works without this file.
// The address of the library stands on the script element, because its file name carries a hash.
const here = document.querySelector('script[data-library]')
const { initAll } = await import(here.dataset.library)
initAll()

// On a desk there is room: the choices over a list stand open.
if (matchMedia('(min-width: 40.0625em)').matches) {
  for (const filter of document.querySelectorAll('.portal-filter')) filter.open = true
}

// After a redirect the answer is the news: move there, unless an error summary took the focus.
if (!document.querySelector('.govuk-error-summary')) document.querySelector('[data-focus-on-load]')?.focus()

for (const button of document.querySelectorAll('[data-print]')) {
  button.addEventListener('click', () => print())
  button.hidden = false
}

// Who used this phone last: the form that opens without a signal writes for them (drafts.js).
const LAST_USER = 'portal-last-user'
try {
  if (document.body.dataset.user) localStorage.setItem(LAST_USER, document.body.dataset.user)
} catch {} // a browser that keeps nothing keeps no drafts either

// Drafts are needed where one is written, counted or cleared, and wherever one can sign out.
const DRAFTED = 'form[data-draft], form[data-signout], [data-clear-draft], [data-draft-count]'
if ('indexedDB' in window && document.querySelector(DRAFTED)) await import(here.dataset.drafts)

if ('serviceWorker' in navigator && here.dataset.worker) {
  navigator.serviceWorker.register(here.dataset.worker).catch(function () {})
}
