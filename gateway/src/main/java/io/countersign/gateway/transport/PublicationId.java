package io.countersign.gateway.transport;

/**
 * Names one ingress publication among those of all ingresses. Aeron's session id does so only within one media driver:
 * bots choose it, and two drivers can have the same one.
 *
 * <pre>
 *   63              32 31               0
 *   +-----------------+-----------------+
 *   | ingress index   | Aeron session id|
 *   +-----------------+-----------------+
 * </pre>
 */
public final class PublicationId
{
    private static final long AERON_SESSION_ID_MASK = 0xFFFF_FFFFL;

    private PublicationId()
    {
    }

    /**
     * Put an id together.
     *
     * @param ingressIndex   position of the ingress in the configuration.
     * @param aeronSessionId of the publication.
     * @return the id.
     */
    public static long of(final int ingressIndex, final int aeronSessionId)
    {
        return (long) ingressIndex << Integer.SIZE | aeronSessionId & AERON_SESSION_ID_MASK;
    }

    /**
     * Which ingress it came by.
     *
     * @param publicationId from {@link #of}.
     * @return position of the ingress in the configuration.
     */
    public static int ingressIndex(final long publicationId)
    {
        return (int) (publicationId >> Integer.SIZE);
    }

    /**
     * Aeron's own id of it.
     *
     * @param publicationId from {@link #of}.
     * @return the Aeron session id, which tells publications of one ingress apart.
     */
    public static int aeronSessionId(final long publicationId)
    {
        return (int) publicationId;
    }
}
