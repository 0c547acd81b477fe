package io.countersign.hsm;

import java.util.List;

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
     * @param generation of the connection.
     * @return the lane, to be closed.
     * @throws TokenException at the first key that is missing, ambiguous, unfit or another one.
     */
    static ProvenLane open(
        final CryptokiModule module,
        final TokenSlot token,
        final List<KeySpec> keys,
        final int generation) throws TokenException
    {
        final TokenSession session = TokenSession.open(module, token);
        boolean isProven = false;
        try (KeyWork work = KeyWork.of(module, session, keys.size()))
        {
            final List<FoundKey> found = new KeyDirectory(work).find(keys);
            final InlineSigningLane lane = prove(work, found, generation);
            isProven = true;
            return new ProvenLane(session, lane, found);
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

    private static InlineSigningLane prove(final KeyWork work, final List<FoundKey> found, final int generation)
        throws TokenException
    {
        final InlineSigningLane[] lanes = new InlineSigningLane[work.width()];
        final KeyProof[] proofs = new KeyProof[lanes.length];
        for (int i = 0; i < lanes.length; i++)
        {
            lanes[i] = lane(work.session(i), found, generation);
            proofs[i] = new KeyProof(lanes[i], work.session(i).token().label());
        }

        work.forEach(found.size(), (worker, i) -> proofs[worker].prove(i, found.get(i).key()));
        return lanes[0];
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
