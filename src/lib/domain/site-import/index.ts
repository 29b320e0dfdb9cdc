/**
 * Sites from anybody's file: decode → parse → guess a mapping → read sites, and back to CSV. Pure; the page runs it in a
 * worker.
 */
export { neutralise } from './cells';
export { errorsCsv, exportCsv, type ExportGroup, type ExportWords, type Layout } from './csv-out';
export { DATUMS, fromWgs84, toWgs84, type Datum } from './datum';
export { decode, type Decoded, type Encoding } from './decode';
export { SITE_FIELDS, type Mapping, type SiteField } from './fields';
export { countValues, guessLeaveOut, guessMapping } from './guess-mapping';
export { parse, type Row, type Table } from './parse';
export { middleOf, readSites, type BadRow, type Reading } from './read-sites';
export { REASONS, toSite, type ImportOptions, type Reason, type RowError, type SiteDraft } from './to-site';
export * from './list-name';
