package io.countersign.gateway.config;

import io.countersign.gateway.policy.AddressRange;

import java.util.List;

/**
 * Where a principal may come from.
 *
 * @param ingress   name of the ingress.
 * @param addresses of which one must hold the sender's address; empty for an ingress without addresses (IPC).
 */
public record SourceConfig(String ingress, List<AddressRange> addresses)
{
    /** What the name of every ingress without addresses begins with. */
    public static final String IPC = "ipc";

    /**
     * Whether an ingress is one without addresses.
     *
     * @param ingress its name.
     * @return true for {@code ipc} and {@code ipc:NAME}.
     */
    public static boolean isIpc(final String ingress)
    {
        return ingress.equals(IPC) || ingress.startsWith(IPC + ":");
    }
}
