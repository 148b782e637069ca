/** The proofs a surveyor may claim; the lists of the insurance office are not theirs to set. */
export const EVIDENCE = ['card_seen', 'app', 'receipt', 'school', 'employer', 'unit', 'told'];
