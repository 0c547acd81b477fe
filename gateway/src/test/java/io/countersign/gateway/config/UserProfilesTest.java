package io.countersign.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class UserProfilesTest
{
    private static final String CONFIG = ConfigReaderTest.GOOD.replace("venue: binance-spot\n    api-key: abc",
        "venue: acme\n    api-key: abc") + "venue-profiles: profiles\n";

    @TempDir
    private Path directory;
    private Path profiles;

    @BeforeEach
    void setUp() throws IOException
    {
        profiles = Files.createDirectory(directory.resolve("profiles"));
    }

    @Test
    void shouldAddTheProfilesOfTheDirectory() throws Exception
    {
        Files.writeString(profiles.resolve("acme.yaml"), acme());
        Files.writeString(profiles.resolve("README.md"), "no profile");
        Files.writeString(profiles.resolve(".acme.yaml"), "an editor's copy");
        final GatewayConfig config = ConfigReader.of(file(), CONFIG);
        assertEquals("acme", config.keys().get(0).venue().name());
        assertTrue(config.keys().get(0).venue().supports(Operation.NEW_ORDER));
        assertEquals("binance-spot", config.keys().get(1).venue().name(), "those of this build are still there");
    }

    @Test
    void shouldTakeADirectoryWithoutProfiles() throws Exception
    {
        assertEquals(2, ConfigReader.of(file(), ConfigReaderTest.GOOD + "venue-profiles: profiles\n").keys().size());
        assertEquals(file() + ":16:12: 'venue' is 'acme'; expected one of " + VenueProfiles.shipped().names(),
            refusal().getMessage());
    }

    @Test
    void shouldListEveryVenueForAKeyOfNone() throws Exception
    {
        Files.writeString(profiles.resolve("acme.yaml"), acme());
        final String message = assertThrows(ConfigException.class,
            () -> ConfigReader.of(file(), CONFIG.replace("venue: acme", "venue: acne"))).getMessage();
        assertTrue(message.endsWith(", acme"), message);
    }

    @Test
    void shouldReadAgainWhatWasInForceWhateverTheDirectoryHolds() throws Exception
    {
        Files.writeString(profiles.resolve("acme.yaml"), acme());
        Files.writeString(profiles.resolve("other.yaml"), acme().replace("venue: acme", "venue: other"));
        final String kept = ConfigReader.of(file(), CONFIG).text();
        Files.delete(profiles.resolve("acme.yaml"));
        Files.writeString(profiles.resolve("other.yaml"), "broken");

        final GatewayConfig config = ConfigReader.kept(file(), kept);
        assertEquals("acme", config.keys().get(0).venue().name());
        assertEquals(kept, config.text());
        assertEquals(CONFIG, UserProfiles.withoutKept(kept));
        assertTrue(kept.contains("#|venue: other\n"), kept);
    }

    @Test
    void shouldSayWhenTheJournalKeptNone()
    {
        assertEquals(profiles + ": the journal has not kept the venue profiles that were in force",
            assertThrows(ConfigException.class, () -> ConfigReader.kept(file(), CONFIG)).getMessage());
    }

    @Test
    void shouldRefuseWhatAJournalKeptAsAFile() throws Exception
    {
        Files.writeString(profiles.resolve("acme.yaml"), acme());
        final String kept = ConfigReader.of(file(), CONFIG).text();
        final int line = (int) CONFIG.lines().count() + 2;
        assertEquals(file() + ":" + line + ":1: the profiles that a journal kept stand from here on; expected the " +
            "configuration alone, and the profiles as files in its 'venue-profiles'",
            assertThrows(ConfigException.class, () -> ConfigReader.of(file(), kept)).getMessage());
    }

    @Test
    void shouldTellEveryMistakeOfEveryProfileAtOnce() throws Exception
    {
        Files.writeString(profiles.resolve("acme.yaml"), acme().replace("binding: A", "binding: F")
            .replace("time: ms", "time: fortnights"));
        Files.writeString(profiles.resolve("broken.yaml"), "venue: [");
        final List<String> errors = refusal().errors();
        assertEquals(3, errors.size(), errors.toString());
        assertTrue(errors.get(0).startsWith(profiles.resolve("acme.yaml") + ":8:10: 'binding' is 'F'"), errors.get(0));
        assertTrue(errors.get(1).startsWith(profiles.resolve("acme.yaml") + ":11:7: "), errors.get(1));
        assertTrue(errors.get(2).startsWith(profiles.resolve("broken.yaml") + ":1:9: not YAML"), errors.get(2));
    }

    @Test
    void shouldRefuseABrokenProfileThatNoKeyUses() throws Exception
    {
        Files.writeString(profiles.resolve("acme.yaml"), acme());
        Files.writeString(profiles.resolve("unused.yaml"), acme().replace("venue: acme", "venue: unused")
            .replace("from: symbol", "from: symbols"));
        assertTrue(refusal().getMessage().startsWith(profiles.resolve("unused.yaml") + ":"), refusal().getMessage());
    }

    @Test
    void shouldNameBothFilesOfOneName() throws Exception
    {
        Files.writeString(profiles.resolve("acme.yaml"), acme());
        Files.writeString(profiles.resolve("zebra.yaml"), acme());
        assertEquals(profiles.resolve("zebra.yaml") + ":3:8: 'acme' is also the venue of " +
            profiles.resolve("acme.yaml") + "; expected a name of its own in zebra.yaml", refusal().getMessage());
    }

    @Test
    void shouldRefuseTheNameOfAVenueOfThisBuild() throws Exception
    {
        Files.writeString(profiles.resolve("okx-v5.yaml"), acme().replace("venue: acme", "venue: okx-v5"));
        assertEquals(profiles.resolve("okx-v5.yaml") + ":3:8: 'okx-v5' is the venue of okx-v5.yaml, which comes " +
            "with the gateway; expected a name of its own in okx-v5.yaml", refusal().getMessage());
    }

    @Test
    void shouldRefuseAFileThatIsCalledOtherwise() throws Exception
    {
        Files.writeString(profiles.resolve("acme-v1.yaml"), acme());
        assertEquals(profiles.resolve("acme-v1.yaml") + ":3:8: the venue is 'acme'; expected the file to be called " +
            "acme.yaml", refusal().getMessage());
    }

    @Test
    void shouldRefuseWhatIsNoDirectoryOfProfiles() throws Exception
    {
        Files.writeString(profiles.resolve("acme.yml"), acme());
        assertEquals(profiles.resolve("acme.yml") + ": is not read as a profile; expected a name that ends in .yaml",
            refusal().getMessage());
        Files.delete(profiles.resolve("acme.yml"));

        Files.createDirectory(profiles.resolve("acme.yaml"));
        assertEquals(
            profiles.resolve("acme.yaml") + ": is no file; expected a venue's profile", refusal().getMessage());
        Files.delete(profiles.resolve("acme.yaml"));

        Files.writeString(profiles.resolve("acme.yaml"), acme() + "#".repeat(UserProfiles.MAX_LENGTH));
        assertEquals(profiles.resolve("acme.yaml") + ": is longer than 65536 bytes; expected at most that",
            refusal().getMessage());
        Files.delete(profiles.resolve("acme.yaml"));

        Files.delete(profiles);
        assertEquals(profiles + ": there is no such directory of venue profiles", refusal().getMessage());
        Files.writeString(profiles, "a file");
        assertEquals(profiles + ": the venue profiles cannot be read: not a directory", refusal().getMessage());
    }

    @Test
    void shouldRefuseMoreProfilesThanAnyoneHas() throws Exception
    {
        for (int i = 0; i <= UserProfiles.MAX_COUNT; i++)
        {
            Files.writeString(profiles.resolve("acme-" + i + ".yaml"), "");
        }
        assertEquals(profiles + ": has 65 profiles; expected at most 64", refusal().getMessage());
    }

    private ConfigException refusal()
    {
        return assertThrows(ConfigException.class, () -> ConfigReader.of(file(), CONFIG));
    }

    private Path file()
    {
        return directory.resolve("gateway.yaml");
    }

    private static String acme() throws IOException
    {
        try (InputStream in = UserProfilesTest.class.getResourceAsStream("/io/countersign/venues/examples/acme.yaml"))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
