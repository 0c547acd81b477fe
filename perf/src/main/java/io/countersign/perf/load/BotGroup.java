package io.countersign.perf.load;

/**
 * The bots of one thread, taken together.
 */
final class BotGroup
{
    private final Bot[] bots;

    BotGroup(final Bot... bots)
    {
        this.bots = bots;
    }

    int size()
    {
        return bots.length;
    }

    Bot bot(final int index)
    {
        return bots[index];
    }

    int poll()
    {
        int workCount = 0;
        for (final Bot bot : bots)
        {
            workCount += bot.poll();
        }
        return workCount;
    }

    int inFlight()
    {
        int inFlight = 0;
        for (final Bot bot : bots)
        {
            inFlight += bot.inFlight();
        }
        return inFlight;
    }

    boolean isLost()
    {
        boolean isLost = false;
        for (final Bot bot : bots)
        {
            isLost |= bot.isLost();
        }
        return isLost;
    }

    /**
     * What became of all requests; those that still wait count as lost.
     *
     * @param startNs of the load.
     * @param leastNs that it counts as having taken.
     * @param unsent  requests that were not sent.
     */
    LoadResult result(final long startNs, final long leastNs, final long unsent)
    {
        long sent = 0;
        long signed = 0;
        long lost = 0;
        long tookNs = leastNs;
        for (final Bot bot : bots)
        {
            bot.giveUp();
            sent += bot.sentCount();
            signed += bot.signedCount();
            lost += bot.lostCount();
            tookNs = 0 == bot.signedCount() ? tookNs : Math.max(tookNs, bot.lastSignedNs() - startNs);
        }
        return new LoadResult(sent, signed, lost, unsent, tookNs, 0);
    }
}
