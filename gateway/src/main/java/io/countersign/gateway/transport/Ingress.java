package io.countersign.gateway.transport;

/**
 * Where frames come from.
 */
@FunctionalInterface
public interface Ingress
{
    /**
     * Hand over frames that have arrived.
     *
     * @param handler       to receive them in this thread.
     * @param fragmentLimit most frames to hand over.
     * @return how many were.
     */
    int poll(IngressHandler handler, int fragmentLimit);
}
