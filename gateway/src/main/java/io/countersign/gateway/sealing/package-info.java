/**
 * Seals the journal, on a thread of its own: reads what the gateway thread has written, keeps the Merkle tree, has the
 * audit key sign it, and hands the seal back. The gateway thread does no more for it than append one record now and
 * then. It may not know sessions, policy or venues.
 * <pre>
 *  gateway thread ──journal files──▶ JournalTree ──root──▶ SealAgent ──text──▶ SealSigner (token agent's thread)
 *        ▲                                                  │  ▲                  │
 *        │                                        verified  │  ╰── signature ─────╯
 *        ╰────────────── AppendSeal ────────────────────────┴──▶ CheckpointFile
 *
 *  START ──tree recovered──▶ SEALED ──a record is seen──▶ WAITING ──almost the interval later, all read──▶ SIGNING
 *                              ▲                             ▲  ▲                                            │
 *                              │ nothing but Seals is newer  │  ╰───── something newer is there ◀──verified──┤
 *                              ╰─────────────────────────────┤                                               │
 *                                                            ╰──────────── the interval later ◀──── failed ──╯
 *  any ──a record is missing──▶ BROKEN: an alarm; what follows cannot be leaves of the tree
 * </pre>
 */
package io.countersign.gateway.sealing;
