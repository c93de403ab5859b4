/**
 * The one script of a report, inline. A video rests on a frame from its middle until somebody plays it, since
 * lessons begin on black; playing one pauses the others. Without the script everything can be read and played.
 */
export const script = `
'use strict';
const videos = [...document.querySelectorAll('video')];
const resting = new WeakSet();
for (const video of videos) {
  video.addEventListener('play', () => {
    for (const other of videos) if (other !== video) other.pause();
    if (resting.delete(video)) video.currentTime = 0;
  });
  video.addEventListener('seeking', () => {
    if (video.dataset.rest === 'moving') video.dataset.rest = 'there';
    else resting.delete(video);
  });
}
const rest = (video) => {
  if (!video.paused || video.currentTime > 0 || video.dataset.rest) return;
  video.dataset.rest = 'moving';
  resting.add(video);
  video.currentTime = video.duration * 0.6;
};
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    if (target.readyState >= 1) rest(target);
    else target.addEventListener('loadedmetadata', () => rest(target), { once: true });
  }
}, { rootMargin: '200px' });
for (const video of videos) seen.observe(video);
`.trim();
