/*
 * The map of an incident on tiles, where the site names a server of them (#tiles, #tiles-data).
 * They are shown once all of a view have been asked for and one at least has come; where none
 * comes, the plain drawing below them stays, or comes back.
 */

const NEAR = 50_000; // metres around the point that are in sight at first

/** Text as Leaflet takes it: it reads markup. */
function plain(text) {
  const span = document.createElement('span');
  span.textContent = text;
  return span.innerHTML;
}

function draw(place) {
  const { L } = window;
  const { server, credit, here, ring, others } = JSON.parse(
    document.getElementById('tiles-data').textContent,
  );
  const centre = [here.north, here.east];
  place.hidden = false;
  place.dataset.waiting = '';
  place.setAttribute('role', 'region');
  place.setAttribute('aria-label', `${here.name} on a map`);
  const map = L.map(place, { scrollWheelZoom: false, attributionControl: false });
  map.fitBounds(L.latLng(centre).toBounds(2 * Math.max(ring, NEAR)));
  L.control.scale({ imperial: false }).addTo(map);
  L.control.attribution({ prefix: 'Leaflet' }).addTo(map);
  if (ring) L.circle(centre, { radius: ring, className: 'ring', interactive: false }).addTo(map);
  for (const other of others) {
    L.circleMarker([other.north, other.east], { radius: 5, className: 'other' })
      .bindTooltip(plain(other.name))
      .on('click', () => location.assign(other.url))
      .addTo(map);
  }
  L.circleMarker(centre, { radius: 6, className: 'here' }).bindTooltip(plain(here.name)).addTo(map);
  const tiles = L.tileLayer(server, { attribution: plain(credit), maxZoom: 19 });
  let came = 0;
  tiles.on('loading', () => {
    came = 0;
  });
  tiles.on('tileload', () => {
    came += 1;
  });
  tiles.on('load', () => {
    delete place.dataset.waiting;
    if (came) return;
    place.hidden = true;
    setTimeout(() => map.remove()); // Leaflet is not done with this tile
  });
  tiles.addTo(map);
}

/** Also for a page whose main part was read anew. */
function look() {
  const place = document.getElementById('tiles');
  if (place?.hidden && !('drawn' in place.dataset)) {
    place.dataset.drawn = '';
    draw(place);
  }
}

document.addEventListener('htmx:afterSettle', look);
look();
