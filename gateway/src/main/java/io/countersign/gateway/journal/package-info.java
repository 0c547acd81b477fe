/**
 * The audit journal: who writes it, how it is read without touching it, and how it begins again after a crash. It knows
 * records by their checksum, their sequence and the few templates that recovery needs; what they mean is the gateway's
 * business. It may not know sessions, policy, venues or the token.
 * <pre>
 *  one life of a gateway
 *
 *   JournalLock.acquire ──▶ JournalRecovery.run ──▶ new ChronicleJournal ──▶ append GatewayStarted,
 *   (or one line of who      (reads; may retire       (makes the queue's       PolicyDifference ..., PolicyInForce,
 *    has it)                  the newest file)         metadata anew)          one Interrupted per open intent,
 *                                                                                GatewayStopped, Seal
 *
 *  a journal that is open
 *
 *              append() == true
 *              ┌──────┐
 *              ▼      │     anything thrown by the mapping, a record that cannot be read back, a failing fsync
 *            ┌──────────┐                                                                     ┌────────┐
 *            │ WRITABLE │ ──────────────────────────────────────────────────────────────────▶ │ FAILED │ for good
 *            └──────────┘                     the error handler is told once                  └────────┘
 *
 *  a record, and what a restart finds when the process or the machine stopped there
 *
 *   content being copied ──▶ content complete, ──▶ header set: ──▶ mark and index set
 *   header still 0           header still 0        it exists       (derived)
 *   ╰────────── never existed: the next record is ╯╰─ kept: recovery reads headers, not the mark ─╯
 *              written over it; tornBytes tells
 * </pre>
 * <b>Death of the process</b> (kill -9): every acknowledged record is in the page cache, with its header. What was half
 * copied has no header and is overwritten by the next record; readers report it as INCOMPLETE until then. Chronicle
 * itself would wait up to 15 s for a lock that the dead process holds in {@code metadata.cq4t}, and for ever when a
 * living process has got the dead one's id; that file holds nothing of its own, so each start deletes it, under the
 * operating system's lock on {@code gateway.lock}. A cycle file whose first document was never completed is retired.
 * <p>
 * <b>Loss of power</b>: pages reach the disk in any order. A last record with a header whose checksum does not fit is
 * torn: it stays where it is, GatewayStarted follows it with lastSequence and tornBytes, and readers accept the tear
 * because that lastSequence is the sequence of the last good record before it. When Chronicle could not go on behind
 * what it would find (documents that do not join, a writer's mark on something that is no document, a file that is
 * cut), the file is retired: renamed to {@code NAME.cq4.retired-N} with every byte in place, and a new one begun.
 * Copies of a journal must hold the retired files too; readers take them in order.
 * <p>
 * With {@link io.countersign.gateway.journal.JournalSync} nobody is told of a record before it is on the disk, so that
 * what is torn or missing after a loss of power is nothing that anybody knows of.
 * <p>
 * <b>Full disk</b>: a store into a page that cannot be had becomes an InternalError, or a new chunk cannot be mapped;
 * either way the record is not acknowledged and the journal has failed. It does not come to that, because
 * {@link io.countersign.gateway.journal.JournalSpace} has blocks reserved ahead of every store: those of records and
 * index documents behind the write position, those of the next file's header and first index in a spare file that
 * Chronicle takes under its own name, and those of {@code metadata.cq4t}. Nothing else is written to.
 * <p>
 * <b>Clock set back</b>: records go on into the newest cycle file until the clock has caught up.
 */
package io.countersign.gateway.journal;
