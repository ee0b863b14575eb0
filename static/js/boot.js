// Runs in <head>, before the page is drawn: tells the styles that scripts are on.
(function () {
  const mark = function () {
    document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '')
  }
  if (document.body) return mark()
  new MutationObserver(function (_, observer) {
    if (document.body) {
      observer.disconnect()
      mark()
    }
  }).observe(document.documentElement, { childList: true })
})()
