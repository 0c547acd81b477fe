package io.countersign.gateway.policy;

import java.nio.charset.StandardCharsets;

/**
 * What the journal keeps of a policy, so that every decision can be taken again from it alone. Encoded when it is made,
 * so that the gateway thread only copies bytes when it puts a policy in force.
 *
 * @param source        name of the file without its directory.
 * @param sha256        of {@code text}.
 * @param text          the policy as read, UTF-8; not to be written to.
 * @param configuration the gateway's configuration, UTF-8, with the keys that the policy speaks of; not to be written
 *                      to.
 */
public record PolicyText(String source, byte[] sha256, byte[] text, byte[] configuration)
{
    /**
     * Encode the texts of a policy.
     *
     * @param source        name of the file without its directory.
     * @param sha256        of the policy's UTF-8 bytes.
     * @param text          the policy as read.
     * @param configuration the gateway's configuration as read.
     * @return the texts.
     */
    public static PolicyText of(
        final String source, final byte[] sha256, final String text, final String configuration)
    {
        return new PolicyText(
            source,
            sha256,
            text.getBytes(StandardCharsets.UTF_8),
            configuration.getBytes(StandardCharsets.UTF_8));
    }
}
