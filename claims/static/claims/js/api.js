/*
 * The page of the API (#api): Swagger UI on our own OpenAPI document. What is tried there is sent
 * as the person who is signed in, with the token that every form of a page carries too.
 */

const page = document.getElementById('api');
const csrf = JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken'];

window.SwaggerUIBundle({
  url: page.dataset.schema,
  domNode: page,
  deepLinking: true,
  docExpansion: 'none',
  validatorUrl: null,
  requestInterceptor(request) {
    request.headers['X-CSRFToken'] = csrf;
    return request;
  },
});
