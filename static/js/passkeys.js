// What a page with a passkey says of itself: shown where the browser can, and a sentence where it fails.
document.addEventListener('DOMContentLoaded', function () {
  const parts = document.querySelectorAll('[data-passkey]')
  const known = 'PublicKeyCredential' in window
  for (const part of parts) if (known) part.hidden = false
  const say = function (which) {
    let box = document.querySelector('[data-passkey-said]')
    if (!box) {
      box = document.createElement('p')
      box.className = 'govuk-body govuk-inset-text'
      box.dataset.passkeySaid = ''
      box.setAttribute('role', 'alert')
      parts[0].before(box)
    }
    box.textContent = document.querySelector('template[data-passkey-' + which + ']').content.textContent
  }
  if (!known && parts.length) say('unknown')
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    say('failed')
  })
})
