package io.countersign.gateway.config;

import io.countersign.venues.evm.AddressText;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The symbols of a rule that allows transactions: addresses of recipients, in the one spelling in which requests have
 * them when policy is asked.
 */
final class RecipientText
{
    private static final String EXPECTED =
        "addresses (0x and 40 hexadecimal digits, all small or mixed as their checksum says), or [\"*\"] for every one";

    private RecipientText()
    {
    }

    /**
     * Reads {@code symbols}.
     *
     * @param rule          that has them.
     * @param areRecipients whether the rule allows nothing but transactions; else they may be instruments, too.
     * @param problems      receives those that are not well.
     * @return the others.
     */
    static List<String> read(final YamlMapping rule, final boolean areRecipients, final Problems problems)
    {
        return rule.choices("symbols", (name) ->
        {
            final boolean isRecipient = areRecipients && !RuleConfig.ANY_SYMBOL.equals(name) ||
                name.length() == AddressText.LENGTH && name.startsWith("0x");
            return isRecipient ? canonical(name) : name;
        }, EXPECTED, problems);
    }

    private static String canonical(final String name)
    {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer canonical = new UnsafeBuffer(new byte[AddressText.LENGTH]);
        return new AddressText().canonical(new UnsafeBuffer(bytes), 0, bytes.length, canonical) ?
            canonical.getStringWithoutLengthAscii(0, AddressText.LENGTH) : null;
    }
}
