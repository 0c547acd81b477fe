package io.countersign.ops.keys;

import io.countersign.ops.CommandException;
import io.countersign.ops.OwnerFile;
import io.countersign.ops.venues.JsonReader;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A backup of keys: what the gateway answered to {@code keys backup}, between a line that says what it is and the
 * SHA-256 of everything before its own line. Keys are wrapped: whoever has the file and not the recovery key has
 * nothing. Of a key that is long when wrapped (RSA) there are several parts, in their order, one behind the other.
 * Entries are those of the register.
 * <pre>
 *   countersign key backup, version 1
 *   {"recovery":"trading","id":..,"check-value":..,...}
 *   wrapped binance-main 1 qk0...
 *   wrapped binance-main 1 Zy1...=
 *   {"key":"binance-main","version":1,...}
 *   not recoverable: key okx-main version 1: ...
 *   sha256 5f1b...
 * </pre>
 *
 * @param keys         in the order of the file.
 * @param recoveryKeys check value of the recovery key of each token, by the token's name; may be empty.
 */
record BackupFile(List<Key> keys, Map<String, String> recoveryKeys)
{
    private static final String WHAT = "backup";
    private static final String HEAD = "countersign key backup, version 1";
    private static final String WRAPPED = "wrapped ";
    private static final String NOT_RECOVERABLE = "not recoverable: ";
    private static final String DIGEST = "sha256 ";
    private static final int MAX_LENGTH = 64 << 20;

    /** A wrapped key and its entry, by names of members as the register has them. */
    record Key(String alias, int version, byte[] wrapped, Map<String, Object> entry)
    {
        String text(final String member)
        {
            final Object value = entry.get(member);
            return null == value ? null : value.toString();
        }

        String name()
        {
            return "key " + alias + " version " + version;
        }
    }

    /** Writes a new file. */
    static void create(final Path file, final List<String> lines)
    {
        final String body = HEAD + "\n" + String.join("\n", lines) + "\n";
        final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        OwnerFile.create(file, WHAT, (body + DIGEST + HexFormat.of().formatHex(KeyText.sha256(bytes)) + "\n")
            .getBytes(StandardCharsets.UTF_8));
    }

    /** The lines among those of a gateway's answer that say which keys are not in the backup. */
    static List<String> notRecoverable(final List<String> lines)
    {
        return lines.stream().filter((line) -> line.startsWith(NOT_RECOVERABLE)).toList();
    }

    /** Reads and checks a file. */
    static BackupFile read(final Path file)
    {
        final byte[] bytes = OwnerFile.read(file, WHAT, MAX_LENGTH);
        final String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.startsWith(HEAD + "\n"))
        {
            throw new CommandException("the " + WHAT + " " + file + " does not begin with '" + HEAD + "': it is none");
        }
        final int end = text.lastIndexOf("\n" + DIGEST) + 1;
        final byte[] body = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
        if (!text.substring(end).equals(DIGEST + HexFormat.of().formatHex(KeyText.sha256(body)) + "\n"))
        {
            throw new CommandException("the " + WHAT + " " + file +
                " does not fit the SHA-256 at its end: it is not whole, or was changed; take another copy");
        }
        final List<String> lines = text.substring(0, end).lines().skip(1).toList();
        return of(file, lines);
    }

    private static BackupFile of(final Path file, final List<String> lines)
    {
        final Map<String, String> recoveryKeys = new LinkedHashMap<>();
        final Map<String, String> wrapped = new LinkedHashMap<>();
        final Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++)
        {
            final String line = lines.get(i);
            try
            {
                if (line.startsWith(WRAPPED))
                {
                    final int value = line.lastIndexOf(' ');
                    wrapped.merge(line.substring(WRAPPED.length(), value), line.substring(value + 1), String::concat);
                }
                else if (line.startsWith("{"))
                {
                    final Map<String, Object> entry = members(JsonReader.parse(line));
                    if (entry.containsKey("key"))
                    {
                        entries.put(entry.get("key") + " " + entry.get("version"), entry);
                    }
                    else if (entry.containsKey("recovery"))
                    {
                        recoveryKeys.put(entry.get("recovery").toString(), String.valueOf(entry.get("check-value")));
                    }
                }
            }
            catch (final IllegalArgumentException | IndexOutOfBoundsException ex)
            {
                throw new CommandException(
                    file + ":" + (i + 2) + " is neither a wrapped key nor an entry: " + ex.getMessage());
            }
        }
        return new BackupFile(keys(file, wrapped, entries), recoveryKeys);
    }

    private static List<Key> keys(
        final Path file, final Map<String, String> wrapped, final Map<String, Map<String, Object>> entries)
    {
        final List<Key> keys = new ArrayList<>();
        wrapped.forEach((name, base64) ->
        {
            final Map<String, Object> entry = entries.get(name);
            if (null == entry)
            {
                throw new CommandException(file + " has the wrapped key '" + name + "' but no entry of it");
            }
            keys.add(new Key(
                entry.get("key").toString(), Integer.parseInt(entry.get("version").toString()),
                decoded(file, name, base64), entry));
        });
        entries.keySet().stream().filter((name) -> !wrapped.containsKey(name)).findFirst().ifPresent((name) ->
        {
            throw new CommandException(file + " has the entry of key '" + name + "' but nothing that is wrapped");
        });
        return keys;
    }

    private static byte[] decoded(final Path file, final String name, final String base64)
    {
        try
        {
            return Base64.getDecoder().decode(base64);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(file + ": the wrapped key '" + name + "' is not base64: a part is missing");
        }
    }

    private static Map<String, Object> members(final Object value)
    {
        if (!(value instanceof Map<?, ?> members))
        {
            throw new IllegalArgumentException("no object");
        }
        final Map<String, Object> entry = new LinkedHashMap<>();
        members.forEach((name, member) -> entry.put(name.toString(), member));
        return entry;
    }

    /**
     * The fields that a command has for an entry: every member but what belongs to the file that it stood in. A token
     * that is named takes the place of the one that the key was in.
     */
    static String[] fields(final Key key, final String token)
    {
        final List<String> fields = new ArrayList<>();
        key.entry().forEach((name, value) ->
        {
            if ("token".equals(name) && null != token)
            {
                fields.addAll(List.of(name, token));
            }
            else if (!"tag".equals(name) && null != value)
            {
                fields.addAll(Arrays.asList("key".equals(name) ? "alias" : name, switch (value)
                {
                    case Boolean flag -> flag ? "yes" : "no";
                    case Map<?, ?> map -> JsonText.of(map);
                    default -> value.toString();
                }));
            }
        });
        return fields.toArray(String[]::new);
    }
}
