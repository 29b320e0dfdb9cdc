/** A table as an XLSX file. Loaded only when somebody asks for one. */
import writeExcelFile from 'write-excel-file/browser';
import { harmless, type Cell } from '$lib/domain/tables/csv';

/** Texts stay texts (a cell's type is said, so nothing is run as a formula), numbers are numbers to calculate with. */
export function workbook(headers: string[], rows: Cell[][], sheet: string): Promise<Blob> {
	const cell = (value: Cell) => {
		if (value === null) return null;
		if (typeof value === 'number') return { type: Number, value };
		if (typeof value === 'boolean') return { type: Boolean, value };
		return { type: String, value: String(harmless(value)) };
	};
	const data = [
		headers.map((value) => ({ type: String, value, fontWeight: 'bold' as const })),
		...rows.map((row) => row.map(cell))
	];
	return writeExcelFile(data, { sheet: sheet.slice(0, 31), stickyRowsCount: 1 }).toBlob();
}
