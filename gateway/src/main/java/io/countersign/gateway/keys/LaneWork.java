package io.countersign.gateway.keys;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.RegisterException;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.TokenKeys;

import java.util.HexFormat;
import java.util.List;

/**
 * What a token's thread does for a command about one key. The command goes on when it is done, and fails when it cannot
 * be. For the key agent.
 */
final class LaneWork
{
    private final KeyContext context;

    LaneWork(final KeyContext context)
    {
        this.context = context;
    }

    /** How a command goes on. */
    @FunctionalInterface
    interface Then
    {
        void run() throws RegisterException;
    }

    /** How a command goes on with the key that was made. */
    @FunctionalInterface
    interface ThenWith
    {
        void accept(KeyEntry entry) throws RegisterException;
    }

    /** A lane with one more key, and its passphrase where that stands in requests as a MAC. */
    private record NewLane(List<KeySpec> keys, String passphrase)
    {
    }

    /** Has the key prove itself on the lane of its token, unless it has. */
    void prove(final OperatorCall call, final KeyEntry entry, final Then then)
    {
        final int tokenIndex = context.plan().tokenIndex(entry.token());
        if (KeySlot.NOWHERE != context.lanes().place(tokenIndex, entry.spec()))
        {
            goOn(call, then);
            return;
        }
        final List<KeySpec> keys = context.lanes().with(tokenIndex, entry.spec());
        final KeyConfig declared = context.plan().declared(entry.alias());
        context.run(tokenIndex, (place) ->
        {
            final String[] passphrase = new String[1];
            place.useKeys(keys, (lane) ->
                passphrase[0] = null == declared ? null : PassphraseMacs.of(declared, lane, keys.size() - 1));
            return new NewLane(keys, passphrase[0]);
        }, call, (lane) ->
        {
            context.lanes().use(tokenIndex, lane.keys);
            if (null != lane.passphrase)
            {
                context.plan().onReady(entry.spec(), lane.passphrase);
            }
            goOn(call, then);
        });
    }

    /** Has the token make a key pair. */
    void generate(final OperatorCall call, final KeyEntry like, final ThenWith then)
    {
        final KeySpec spec = like.spec();
        final String label = 1 == spec.version() ? spec.alias() : spec.alias() + "-v" + spec.version();
        context.run(context.plan().tokenIndex(like.token()), (place) ->
        {
            final TokenKeys keys = place.connection().tokenKeys();
            final byte[] id = keys.freeId();
            final byte[] publicKey = keys.generateKeyPair(id, label, spec.algorithm(), like.isRecoverable());
            return new KeySpec(spec.alias(), spec.version(), id, spec.algorithm(), publicKey, like.isRecoverable());
        }, call, (made) -> accept(call, like.withSpec(made), then));
    }

    /** Has the token destroy a key; nothing signs with it any more. */
    void destroy(final OperatorCall call, final KeyEntry entry, final Then then)
    {
        final int tokenIndex = context.plan().tokenIndex(entry.token());
        final boolean isOnLane = KeySlot.NOWHERE != context.lanes().place(tokenIndex, entry.spec());
        final List<KeySpec> keys = isOnLane ? context.lanes().without(tokenIndex, entry.spec()) : null;
        context.run(tokenIndex, (place) ->
        {
            if (null != keys)
            {
                place.useKeys(keys, (lane) -> { });
            }
            place.connection().tokenKeys().destroy(entry.spec());
            return keys;
        }, call, (used) ->
        {
            if (null != used)
            {
                context.lanes().use(tokenIndex, used);
            }
            goOn(call, then);
        });
    }

    private void accept(final OperatorCall call, final KeyEntry made, final ThenWith then)
    {
        try
        {
            then.accept(made);
        }
        catch (final RegisterException | IllegalArgumentException ex)
        {
            giveUp(call, made, ex.getMessage());
        }
    }

    /** A key that is in no register would be found by nobody. */
    private void giveUp(final OperatorCall call, final KeyEntry made, final String why)
    {
        context.run(
            context.plan().tokenIndex(made.token()),
            (place) ->
            {
                place.connection().tokenKeys().destroy(made.spec());
                return made;
            },
            (destroyed) -> context.failOrTell(call, why + "; the key that was made is destroyed again"),
            (failure) -> context.failOrTell(call, why + "; a key with the id " +
                HexFormat.of().formatHex(made.spec().id()) + " was left in token " + made.token()));
    }

    private void goOn(final OperatorCall call, final Then then)
    {
        try
        {
            then.run();
        }
        catch (final RegisterException | IllegalArgumentException ex)
        {
            context.failOrTell(call, ex.getMessage());
        }
    }
}
