package io.countersign.gateway.config;

/**
 * Reads {@code journal}.
 */
final class JournalSection
{
    private static final String DISK = "disk";

    private JournalSection()
    {
    }

    static JournalConfig read(final YamlMapping root) throws ConfigException
    {
        if (!root.has("journal"))
        {
            return new JournalConfig(false);
        }
        final YamlMapping journal = root.mapping("journal", "durability");
        journal.allowOnly("durability");
        final String durability = !journal.has("durability") ? "process" :
            journal.choice("durability", JournalSection::durability, "process or disk");
        return new JournalConfig(DISK.equals(durability));
    }

    private static String durability(final String text)
    {
        return DISK.equals(text) || "process".equals(text) ? text : null;
    }
}
