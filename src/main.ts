/** The door of the page: index.html loads this, and this makes <snow-globe> known. */
import './ui/snow-globe/snow-globe';
