package io.countersign.gateway.control;

/**
 * Says where a principal may come from. For the control agent.
 */
@FunctionalInterface
public interface SourceGrants
{
    /**
     * Whether a principal that has proven itself may have a session.
     *
     * @param principalIndex of the principal in the policy.
     * @param ingress        name of the ingress that it comes by.
     * @param address        4 or 16 bytes of the IP address that it comes from, null on IPC.
     * @return false when it is to be refused.
     */
    boolean isSourceGranted(int principalIndex, String ingress, byte[] address);
}
