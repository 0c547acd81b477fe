package io.countersign.gateway.config;

/**
 * Reads {@code journal}.
 */
final class JournalSection
{
    private static final String DISK = "disk";

    private static final int MIN_RESERVE_MIB = 32;
    private static final int MAX_RESERVE_MIB = 16 << 10;
    private static final int RESERVE_MIB = 64;

    private JournalSection()
    {
    }

    static JournalConfig read(final YamlMapping root) throws ConfigException
    {
        if (!root.has("journal"))
        {
            return new JournalConfig(false, RESERVE_MIB);
        }
        final YamlMapping journal = root.mapping("journal", "durability, reserve-mib");
        journal.allowOnly("durability", "reserve-mib");
        final String durability = !journal.has("durability") ? "process" :
            journal.choice("durability", JournalSection::durability, "process or disk");
        return new JournalConfig(
            DISK.equals(durability),
            (int) journal.number("reserve-mib", MIN_RESERVE_MIB, MAX_RESERVE_MIB, RESERVE_MIB));
    }

    private static String durability(final String text)
    {
        return DISK.equals(text) || "process".equals(text) ? text : null;
    }
}
