package io.countersign.hsm;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A lane on a session of its own, whose keys have been found, checked and proven.
 *
 * @param session of the lane alone.
 * @param lane    on the session.
 * @param keys    in the order of their indices.
 */
record ProvenLane(TokenSession session, InlineSigningLane lane, List<FoundKey> keys) implements AutoCloseable
{
    /**
     * Open a lane. Where there are many keys, they prove themselves on several sessions at once.
     *
     * @param module     of the token.
     * @param token      with the user logged in.
     * @param keys       of the lane.
     * @param known      keys that have proven themselves in this login and are taken as they are.
     * @param generation of the connection.
     * @return the lane, to be closed.
     * @throws TokenException at the first key that is missing, ambiguous, unfit or another one.
     */
    static ProvenLane open(
        final CryptokiModule module,
        final TokenSlot token,
        final List<KeySpec> keys,
        final Map<KeySpec, FoundKey> known,
        final int generation) throws TokenException
    {
        final List<KeySpec> unknown = keys.stream().filter((key) -> !known.containsKey(key)).toList();
        final TokenSession session = TokenSession.open(module, token);
        boolean isProven = false;
        try (KeyWork work = KeyWork.of(module, session, unknown.size()))
        {
            final List<FoundKey> found = new KeyDirectory(work).find(unknown);
            prove(work, found);
            final List<FoundKey> all = all(keys, known, found);
            final InlineSigningLane lane = lane(session, all, generation);
            isProven = true;
            return new ProvenLane(session, lane, all);
        }
        finally
        {
            if (!isProven)
            {
                session.close();
            }
        }
    }

    /** Take no more requests, and close the session. */
    @Override
    public void close()
    {
        lane.retire();
        session.close();
    }

    /** Close a lane, if there is one. */
    static void close(final ProvenLane laneOrNull)
    {
        if (null != laneOrNull)
        {
            laneOrNull.close();
        }
    }

    private static List<FoundKey> all(
        final List<KeySpec> keys, final Map<KeySpec, FoundKey> known, final List<FoundKey> found)
    {
        final Iterator<FoundKey> next = found.iterator();
        return keys.stream().map((key) -> known.containsKey(key) ? known.get(key) : next.next()).toList();
    }

    private static void prove(final KeyWork work, final List<FoundKey> found) throws TokenException
    {
        final KeyProof[] proofs = new KeyProof[work.width()];
        for (int i = 0; i < proofs.length; i++)
        {
            final TokenSession session = work.session(i);
            proofs[i] = new KeyProof(lane(session, found, 0), session.token().label());
        }

        work.forEach(found.size(), (worker, i) -> proofs[worker].prove(i, found.get(i).key()));
    }

    private static InlineSigningLane lane(
        final TokenSession session, final List<FoundKey> found, final int generation)
    {
        return new InlineSigningLane(
            session.functions(),
            session.handle(),
            found.stream().mapToLong(FoundKey::object).toArray(),
            found.stream().map(FoundKey::method).toList(),
            generation);
    }
}
