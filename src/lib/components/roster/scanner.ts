/** Reads QR codes from the camera: by the browser's own detector where there is one, else by a small library, loaded then. */

/** insecure: the page came by plain http · none: no camera · denied: not allowed · busy: another app holds it. */
export type ScanProblem = 'insecure' | 'none' | 'denied' | 'busy';

export class ScanError extends Error {
	constructor(readonly problem: ScanProblem) {
		super(problem);
	}
}

interface Detector {
	detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
	new (options: { formats: string[] }): Detector;
	getSupportedFormats(): Promise<string[]>;
}

const EVERY = 180;
/** Enough for a QR held at arm's length, little enough for an old phone. */
const WIDTH = 640;

async function openCamera(): Promise<MediaStream> {
	if (!navigator.mediaDevices) throw new ScanError(isSecureContext ? 'none' : 'insecure');
	try {
		return await navigator.mediaDevices.getUserMedia({
			video: { facingMode: 'environment', width: { ideal: 1280 } },
			audio: false
		});
	} catch (error) {
		const name = error instanceof DOMException ? error.name : '';
		if (name === 'NotAllowedError' || name === 'SecurityError') throw new ScanError('denied');
		throw new ScanError(name === 'NotReadableError' ? 'busy' : 'none');
	}
}

/** The text of a QR in the picture, or null. */
type Reader = (video: HTMLVideoElement) => Promise<string | null>;

async function makeReader(): Promise<Reader> {
	const Detector = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
	const formats = await Detector?.getSupportedFormats().catch((): string[] => []);
	if (Detector && formats?.includes('qr_code')) {
		const detector = new Detector({ formats: ['qr_code'] });
		return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null;
	}
	const { default: jsQR } = await import('jsqr');
	const canvas = document.createElement('canvas');
	const context = canvas.getContext('2d', { willReadFrequently: true });
	return async (video) => {
		if (!context) return null;
		canvas.width = Math.min(WIDTH, video.videoWidth);
		canvas.height = Math.round((canvas.width / video.videoWidth) * video.videoHeight);
		context.drawImage(video, 0, 0, canvas.width, canvas.height);
		const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
		return jsQR(data, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null;
	};
}

/**
 * Shows the camera in `video` and calls for every QR that is seen; one held still is told once until it changes.
 * The answer switches the camera off. @throws ScanError
 */
export async function startScanner(
	video: HTMLVideoElement,
	onfound: (text: string) => void
): Promise<() => void> {
	const [stream, read] = await Promise.all([openCamera(), makeReader()]);
	video.srcObject = stream;
	await video.play().catch(() => {});
	let last: string | null = null;
	let timer: ReturnType<typeof setTimeout>;
	const look = async () => {
		if (video.videoWidth > 0) {
			const text = await read(video);
			if (text !== null && text !== last) onfound(text);
			if (text !== null) last = text;
		}
		if (stream.active) timer = setTimeout(() => void look(), EVERY);
	};
	void look();
	return () => {
		clearTimeout(timer);
		for (const track of stream.getTracks()) track.stop();
		video.srcObject = null;
	};
}
