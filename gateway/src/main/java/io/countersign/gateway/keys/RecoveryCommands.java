package io.countersign.gateway.keys;

import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.RecoveryEntry;
import io.countersign.gateway.register.RegisterException;
import io.countersign.hsm.TokenKeys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries out what prepares for the loss of a token. For the key agent.
 */
final class RecoveryCommands
{
    /** A line of an answer has room for this much base64; longer keys take several lines. */
    private static final int PART_LENGTH = 600;

    private final KeyContext context;

    RecoveryCommands(final KeyContext context)
    {
        this.context = context;
    }

    /** {@code keys recovery}: the token has a key now that others are wrapped with; people have its shares. */
    void recovery(final OperatorCall call, final CommandFields fields) throws RegisterException
    {
        final String token = null == fields.optional("token") ?
            context.plan().tokenNames().getFirst() : fields.optional("token");
        final byte[] id = fields.hex("id");
        final byte[] checkValue = fields.hex("check-value");
        final int threshold = fields.number("threshold", 1, 0);
        final int shares = fields.number("shares", 1, 0);
        final int tokenIndex = tokenIndex(token);
        final RecoveryEntry entry;
        try
        {
            entry = new RecoveryEntry(token, id, checkValue, threshold, shares, context.utcMs());
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
        context.run(tokenIndex, (place) -> place.connection().tokenKeys().wrappingCheckValue(id), call, (found) ->
        {
            try
            {
                if (!Arrays.equals(found, checkValue))
                {
                    throw new RegisterException("the wrapping key in token " + token +
                        " has another check value: it is not the one that was split into the shares");
                }
                context.store().change((register) -> register.withRecovery(entry), () -> context.done(call, List.of(
                    "token " + token + " wraps recoverable keys with key " + HexFormat.of().formatHex(id) + "; " +
                        threshold + " of " + shares + " shares restore them")));
            }
            catch (final RegisterException ex)
            {
                context.fail(call, ex.getMessage());
            }
        });
    }

    /** {@code keys backup}: recoverable keys, wrapped in the token; those that are not are named. */
    void backup(final OperatorCall call, final CommandFields fields) throws RegisterException
    {
        final String alias = fields.optional("alias");
        final List<String> lines = new ArrayList<>();
        final Map<Integer, List<KeyEntry>> byToken = new LinkedHashMap<>();
        int found = 0;
        for (final KeyEntry entry : context.register().keys())
        {
            if (KeyState.DESTROYED == entry.state() || null != alias && !alias.equals(entry.alias()))
            {
                continue;
            }
            found++;
            final RecoveryEntry recovery = context.register().recovery(entry.token());
            if (!entry.isRecoverable())
            {
                lines.add("not recoverable: " + entry + " was not created as recoverable and never leaves its token");
            }
            else if (null == recovery)
            {
                lines.add("not recoverable: token " + entry.token() + " has no wrapping key yet: 'keys recovery' for " +
                    entry);
            }
            else
            {
                byToken.computeIfAbsent(tokenIndex(entry.token()), (index) -> new ArrayList<>()).add(entry);
            }
        }
        if (0 == found)
        {
            throw new RegisterException(null == alias ? "the register has no keys" : "the register has no key '" +
                alias + "'");
        }
        wrap(call, new ArrayList<>(byToken.entrySet()), lines);
    }

    /** One token after the other. */
    private void wrap(
        final OperatorCall call, final List<Map.Entry<Integer, List<KeyEntry>>> tokens, final List<String> lines)
    {
        if (tokens.isEmpty())
        {
            context.done(call, lines);
            return;
        }
        final Map.Entry<Integer, List<KeyEntry>> next = tokens.removeFirst();
        lines.add(context.register().recovery(next.getValue().getFirst().token()).line());
        final byte[] wrappingKey = context.register().recovery(next.getValue().getFirst().token()).id();
        context.run(next.getKey(), (place) ->
        {
            final TokenKeys keys = place.connection().tokenKeys();
            final List<String> wrapped = new ArrayList<>();
            for (final KeyEntry entry : next.getValue())
            {
                addParts(wrapped, entry, Base64.getEncoder().encodeToString(keys.wrap(entry.spec(), wrappingKey)));
            }
            return wrapped;
        }, call, (wrapped) ->
        {
            lines.addAll(wrapped);
            wrap(call, tokens, lines);
        });
    }

    private static void addParts(final List<String> lines, final KeyEntry entry, final String base64)
    {
        for (int i = 0; i < base64.length(); i += PART_LENGTH)
        {
            lines.add("wrapped " + entry.alias() + " " + entry.version() + " " +
                base64.substring(i, Math.min(base64.length(), i + PART_LENGTH)));
        }
        lines.add(entry.line());
    }

    private int tokenIndex(final String token) throws RegisterException
    {
        final int tokenIndex = context.plan().tokenIndex(token);
        if (tokenIndex < 0)
        {
            throw new RegisterException("the configuration has no token '" + token + "'; it has " +
                String.join(", ", context.plan().tokenNames()));
        }
        return tokenIndex;
    }
}
