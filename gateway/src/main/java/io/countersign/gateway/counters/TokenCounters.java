package io.countersign.gateway.counters;

import org.agrona.concurrent.status.AtomicCounter;

import java.util.List;

/**
 * Which tokens are there. One pair of counters for all of them, and one for each where there are several.
 */
public final class TokenCounters
{
    private static final int GENERATION_TYPE_ID = 20_009;
    private static final int READY_TYPE_ID = 20_010;
    private static final int FIRST_OF_EACH_TYPE_ID = 20_300;

    private final AtomicCounter generation;
    private final AtomicCounter ready;
    private final AtomicCounter[] generationByToken;
    private final AtomicCounter[] readyByToken;

    TokenCounters(final CounterFactory factory, final List<String> names)
    {
        generation = factory.newCounter(GENERATION_TYPE_ID, "token: generation");
        ready = factory.newCounter(READY_TYPE_ID, "token: ready");
        final int count = names.size();
        generationByToken = new AtomicCounter[count];
        readyByToken = new AtomicCounter[count];
        for (int i = 0; i < count; i++)
        {
            final String label = "token " + names.get(i);
            final int typeId = FIRST_OF_EACH_TYPE_ID + 2 * i;
            generationByToken[i] = 1 == count ? generation : factory.newCounter(typeId, label + ": generation");
            readyByToken[i] = 1 == count ? ready : factory.newCounter(typeId + 1, label + ": ready");
        }
    }

    /**
     * A token is connected, and each of its keys is proven and may sign.
     *
     * @param tokenIndex      of the token.
     * @param tokenGeneration of the connection: 1 for the first in this life.
     */
    public void connected(final int tokenIndex, final int tokenGeneration)
    {
        generationByToken[tokenIndex].setRelease(tokenGeneration);
        readyByToken[tokenIndex].setRelease(1);
        setAll();
    }

    /**
     * The connection to a token is lost.
     *
     * @param tokenIndex of the token.
     */
    public void lost(final int tokenIndex)
    {
        readyByToken[tokenIndex].setRelease(0);
        setAll();
    }

    private void setAll()
    {
        long allReady = 1;
        long connections = 0;
        for (int i = 0; i < readyByToken.length; i++)
        {
            allReady = Math.min(allReady, readyByToken[i].get());
            connections += generationByToken[i].get();
        }
        generation.setRelease(connections);
        ready.setRelease(allReady);
    }
}
