/** The door of the page: index.html loads this, and this makes <snow-globe> known and keeps the page for the next visit. */
import { keepPage } from './offline/keep-page';
import { isEmbedded } from './page/embedded';
import './page/snow-globe/snow-globe';

if (!isEmbedded()) keepPage();
