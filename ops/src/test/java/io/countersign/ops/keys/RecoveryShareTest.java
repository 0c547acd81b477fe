package io.countersign.ops.keys;

import io.countersign.ops.CommandException;
import io.countersign.ops.OwnerFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class RecoveryShareTest
{
    @TempDir
    private Path temporary;
    private int files;

    @Test
    void shouldRestoreFromEveryCombination()
    {
        for (int shares = 2; shares <= 6; shares++)
        {
            for (int threshold = 2; threshold <= shares; threshold++)
            {
                final byte[] secret = secret(31 * shares + threshold);
                final List<RecoveryShare> all = RecoverySecret.split(secret, threshold, shares);
                assertEquals(shares, all.size());
                for (int chosen = 1; chosen < 1 << shares; chosen++)
                {
                    final List<RecoveryShare> some = chosen(all, chosen);
                    if (some.size() < threshold)
                    {
                        assertThrows(CommandException.class, () -> RecoverySecret.combine(some));
                    }
                    else
                    {
                        assertArrayEquals(secret, RecoverySecret.combine(some), "shares " + chosen + " of " + shares);
                    }
                }
            }
        }
    }

    /** What the threshold in the file does not stop, the mathematics does. */
    @Test
    void shouldNotGiveTheKeyFromFewerShares()
    {
        final List<RecoveryShare> lying = RecoverySecret.split(secret(1), 3, 5).stream()
            .map((share) -> new RecoveryShare(share.set(), share.number(), share.shares(), 2, share.check(),
            share.value())).toList();
        for (int chosen = 1; chosen < 1 << 5; chosen++)
        {
            if (2 == Integer.bitCount(chosen))
            {
                final List<RecoveryShare> two = chosen(lying, chosen);
                assertTrue(assertThrows(CommandException.class, () -> RecoverySecret.combine(two)).getMessage()
                    .contains("do not give its key"));
            }
        }
    }

    @Test
    void shouldReadWhatItWroteOrSomebodyTyped() throws Exception
    {
        final byte[] secret = secret(2);
        final List<RecoveryShare> read = new ArrayList<>();
        for (final RecoveryShare share : RecoverySecret.split(secret, 2, 3))
        {
            final Path file = write(share.text());
            final RecoveryShare again = RecoveryShare.read(file);
            assertEquals(share.number(), again.number());
            assertArrayEquals(share.value(), again.value());
            final String text = Files.readString(file);
            assertArrayEquals(share.value(),
                RecoveryShare.read(write(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII))).value());
            assertArrayEquals(share.value(),
                RecoveryShare.read(write(text.stripTrailing().getBytes(StandardCharsets.US_ASCII))).value());
            read.add(again);
        }
        assertArrayEquals(secret, RecoverySecret.combine(read.subList(1, 3)));
    }

    @Test
    void shouldTellAShareThatIsWrong() throws Exception
    {
        final byte[] text = RecoverySecret.split(secret(3), 2, 3).getFirst().text();
        for (int i = 0; i < text.length - 1; i++)
        {
            final byte[] wrong = text.clone();
            wrong[i] = (byte) ('a' == wrong[i] ? 'b' : 'a');
            final Path file = write(wrong);
            final CommandException ex =
                assertThrows(CommandException.class, () -> RecoveryShare.read(file), "character " + i);
            assertTrue(ex.getMessage().contains(file.toString()), ex.getMessage());
        }
        assertThrows(CommandException.class, () -> RecoveryShare.read(write(Arrays.copyOf(text, 60))));
        assertThrows(CommandException.class, () -> RecoveryShare.read(write(new byte[0])));
        final Path open = write(text);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(assertThrows(CommandException.class, () -> RecoveryShare.read(open)).getMessage()
            .contains("is open to others"));
    }

    @Test
    void shouldRefuseSharesOfDifferentKeysAndOneTwice()
    {
        final List<RecoveryShare> some = RecoverySecret.split(secret(4), 2, 3);
        final List<RecoveryShare> others = RecoverySecret.split(secret(4), 2, 3);
        assertTrue(assertThrows(CommandException.class,
            () -> RecoverySecret.combine(List.of(some.getFirst(), others.getLast()))).getMessage()
            .contains("are of different keys"));
        assertTrue(assertThrows(CommandException.class,
            () -> RecoverySecret.combine(List.of(some.getFirst(), some.getFirst()))).getMessage()
            .contains("there are 1 different recovery shares"));
        some.getFirst().zero();
        assertTrue(assertThrows(CommandException.class, () -> RecoverySecret.combine(some.subList(0, 2))).getMessage()
            .contains("one of them is wrong"));
    }

    private static List<RecoveryShare> chosen(final List<RecoveryShare> all, final int bits)
    {
        return all.stream().filter((share) -> 0 != (bits >> share.number() - 1 & 1)).toList();
    }

    private Path write(final byte[] content)
    {
        final Path file = temporary.resolve("share-" + files++);
        OwnerFile.create(file, "share", content);
        return file;
    }

    private static byte[] secret(final int seed)
    {
        final byte[] secret = new byte[32];
        new Random(seed).nextBytes(secret);
        return secret;
    }
}
