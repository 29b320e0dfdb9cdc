/** Reads the file beside the page, so that the page stays alive while 17,000 rows are parsed. */
import { ImportDesk } from './import-desk';
import { ImportProblem, type AnswerMessage, type RequestMessage } from './protocol';

const desk = new ImportDesk();

function run({ name, ask }: RequestMessage): unknown {
	switch (name) {
		case 'open':
			return desk.open(ask as RequestMessage<'open'>['ask']);
		case 'check':
			return desk.check(ask as RequestMessage<'check'>['ask']);
		case 'sites':
			return desk.sites(ask as RequestMessage<'sites'>['ask']);
		case 'ids':
			return desk.ids();
		case 'errors':
			return desk.errors();
	}
}

self.onmessage = ({ data }: MessageEvent<RequestMessage>) => {
	let message: AnswerMessage;
	try {
		message = { id: data.id, answer: run(data) };
	} catch (cause) {
		message = { id: data.id, problem: cause instanceof ImportProblem ? cause.problem : 'unreadable' };
	}
	self.postMessage(message);
};
