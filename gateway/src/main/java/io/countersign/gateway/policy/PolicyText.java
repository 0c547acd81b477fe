package io.countersign.gateway.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the journal keeps of a policy, so that every decision can be taken again from it alone, and everybody can see
 * what became wider. Encoded when it is made, so that the gateway thread only copies bytes when it puts a policy in
 * force.
 *
 * @param source        name of the file without its directory.
 * @param sha256        of {@code text}.
 * @param text          the policy as read, UTF-8; not to be written to.
 * @param configuration the gateway's configuration, UTF-8, with the keys that the policy speaks of; not to be written
 *                      to.
 * @param differences   from the policy before, sorted.
 */
public record PolicyText(
    String source, byte[] sha256, byte[] text, byte[] configuration, List<PolicyDifference> differences)
{
    /**
     * Encode the texts of a policy that differs from none.
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
            configuration.getBytes(StandardCharsets.UTF_8),
            List.of());
    }

    /**
     * The same texts, as those of a policy that takes the place of another.
     *
     * @param from in what it differs, sorted.
     * @return the texts.
     */
    public PolicyText differing(final List<PolicyDifference> from)
    {
        return new PolicyText(source, sha256, text, configuration, List.copyOf(from));
    }
}
