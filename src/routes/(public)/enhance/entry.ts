/**
 * What scripts add to the page of a labour day. It is complete without them, so it brings no framework along: a few
 * kilobytes that find the elements they improve (`data-…`) in the HTML as the server wrote it.
 */
import { enhanceDay } from './day';

enhanceDay(document);
