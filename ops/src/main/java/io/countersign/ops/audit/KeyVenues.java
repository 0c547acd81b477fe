package io.countersign.ops.audit;

import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.KeyConfig;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which venue each key belongs to, by the configuration that was in force: the journal keeps it in PolicyInForce.
 */
public final class KeyVenues
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PolicyInForceDecoder inForce = new PolicyInForceDecoder();
    private final Map<String, String> venues = new HashMap<>();
    private String lastConfiguration = "";
    private boolean isUnknown = true;

    /**
     * With no key yet.
     */
    public KeyVenues()
    {
    }

    /**
     * Take over a configuration; other records say nothing.
     *
     * @param buffer holds the record.
     * @param offset of its message header.
     */
    public void onRecord(final DirectBuffer buffer, final int offset)
    {
        header.wrap(buffer, offset);
        if (PolicyInForceDecoder.TEMPLATE_ID == header.templateId())
        {
            inForce.wrapAndApplyHeader(buffer, offset, header);
            inForce.skipSource();
            inForce.skipText();
            use(inForce.configuration());
        }
    }

    /**
     * The venue of a key.
     *
     * @param alias of the key.
     * @return name of the venue; null for a key that the configuration does not name, or that cannot be read.
     */
    public String of(final String alias)
    {
        return venues.get(alias);
    }

    /**
     * Whether no configuration could be read.
     *
     * @return true from a PolicyInForce whose configuration cannot be read to the next that can.
     */
    public boolean isUnknown()
    {
        return isUnknown;
    }

    boolean isOf(final Span alias, final byte[] venue)
    {
        final String name = null == alias ? null : venues.get(alias.toString());
        return null != name && Arrays.equals(name.getBytes(StandardCharsets.UTF_8), venue);
    }

    private void use(final String configuration)
    {
        if (lastConfiguration.equals(configuration))
        {
            return;
        }
        lastConfiguration = configuration;
        venues.clear();
        isUnknown = true;
        try
        {
            for (final KeyConfig key : ConfigReader.kept(Path.of("gateway.yaml"), configuration).keys())
            {
                venues.put(key.spec().alias(), key.venue().name());
            }
            isUnknown = false;
        }
        catch (final ConfigException ex)
        {
            // Its text is in the journal, for who wants to know why.
            venues.clear();
        }
    }
}
