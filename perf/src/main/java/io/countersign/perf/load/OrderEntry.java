package io.countersign.perf.load;

/**
 * One bot's way to a gateway. For one thread.
 */
interface OrderEntry
{
    /**
     * Hears of the end of each request that was sent.
     */
    interface Listener
    {
        /**
         * A request has ended.
         *
         * @param requestId as {@link #offer()} returned it.
         * @param isSigned  false where it was refused, expired or not answered in time.
         */
        void onEnd(long requestId, boolean isSigned);
    }

    /**
     * Send one order.
     *
     * @return request id above 0, or a negative code when nothing was sent.
     */
    long offer();

    /**
     * Deliver what came.
     *
     * @param listener hears of it.
     * @return what was done, 0 for nothing.
     */
    int poll(Listener listener);

    /**
     * Whether nothing can be sent any more, and nothing will come.
     *
     * @return true once the session is lost.
     */
    boolean isLost();
}
