package io.countersign.gateway.keys;

import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.RegisteredKeys;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTimes;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.VenueBinding;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Carries out what operators and the schedule do to keys. For the key agent.
 */
final class KeyCommands
{
    /** Time after which a key that signs no more is to be destroyed: its last signatures are accounted for by then. */
    private static final long DESTROY_AFTER_MS = TimeUnit.DAYS.toMillis(30);

    private final KeyContext context;
    private final LaneWork laneWork;

    KeyCommands(final KeyContext context)
    {
        this.context = context;
        laneWork = new LaneWork(context);
    }

    /** {@code keys list}. */
    void list(final OperatorCall call)
    {
        final List<String> lines = new ArrayList<>();
        for (final KeyEntry entry : context.register().keys())
        {
            lines.add(line(entry));
        }
        context.done(call, lines);
    }

    /** {@code keys generate}: a version that nobody can use yet. */
    void generate(final OperatorCall call, final CommandFields fields) throws RegisterException
    {
        final String alias = fields.alias();
        final KeyConfig declared = context.plan().declared(alias);
        final SigningAlgorithm algorithm = null == fields.optional("algorithm") && null != declared ?
            declared.spec().algorithm() : fields.algorithm();
        final KeyEntry like = entry(fields, declared, algorithm, new byte[]{1}, new byte[0]);
        generate(call, like, fields.comment(), (entry) -> entry, List::of);
    }

    /** {@code keys register}, {@code keys restore}: an object that was put into the token by other means. */
    void register(final OperatorCall call, final CommandFields fields, final boolean isTrial) throws RegisterException
    {
        final SigningAlgorithm algorithm = fields.algorithm();
        final KeyEntry entry = entry(fields, context.plan().declared(fields.alias()), algorithm, fields.hex("id"),
            algorithm.isMac() ? fields.hex("check-value") : fields.base64("public-key"));
        context.plan().check(entry);
        context.register().withKey(entry);
        if (!isTrial)
        {
            laneWork.prove(call, entry, () -> context.update(
                List.of(entry), call, fields.comment(), List.of(entry + " is pre-active", next(entry))));
        }
    }

    /** {@code keys rotate}: the next version of a key that the token makes itself. */
    void rotate(final OperatorCall call, final CommandFields fields) throws RegisterException
    {
        final KeyEntry active = fields.entry(context.register(), "that are active", CommandFields.in(KeyState.ACTIVE));
        if (KeyState.ACTIVE != active.state())
        {
            throw new RegisterException(active + " is " + active.state().configName() +
                ": only an active key is rotated; 'keys generate' makes another version");
        }
        final long activateAtMs = fields.time("at", KeyTimes.NEVER);
        final String apiKey = fields.optional("api-key");
        if (KeyTimes.NEVER != activateAtMs && null == apiKey)
        {
            throw new RegisterException("a cut-over at an instant wants the venue's 'api-key' of the new version; " +
                "without 'at', activate it when the venue has its public key");
        }
        if (null != fields.optional("overlap") && KeyTimes.NEVER == activateAtMs)
        {
            throw new RegisterException("the overlap begins with the cut-over: give 'overlap' with 'at', or with " +
                "'keys activate'");
        }
        final long retireByMs = KeyTimes.NEVER == activateAtMs ? KeyTimes.NEVER :
            activateAtMs + fields.duration("overlap", context.config().overlapMs());
        rotate(call, active, fields.comment(), retireByMs, (entry) ->
        {
            final KeyEntry timed = entry.withTimes(entry.times().withActivateAt(activateAtMs));
            return null == apiKey ? timed : timed.withVenue(timed.venue().withApiKey(apiKey));
        });
    }

    /** The schedule makes the next version of a key. */
    void rotate(final KeyEntry active) throws RegisterException
    {
        rotate(null, active, "by schedule", KeyTimes.NEVER, (entry) -> entry);
    }

    private void rotate(
        final OperatorCall call,
        final KeyEntry active,
        final String comment,
        final long retireByMs,
        final Shaping shaping) throws RegisterException
    {
        if (active.spec().algorithm().isMac())
        {
            throw new RegisterException(active + " is a secret of its venue, which alone makes the next: " +
                "'keys import' it as version " + nextVersion(active.alias()) + ", then 'keys activate'");
        }
        final KeyEntry like = KeyEntry.preActive(
            new KeySpec(active.alias(), nextVersion(active.alias()), new byte[]{1}, active.spec().algorithm(),
                active.spec().pinned()),
            active.token(), active.traits(), context.utcMs())
            .withVenue(new VenueBinding(active.venue().venue(), null, active.venue().passphrase(),
                active.venue().parameters()));
        generate(call, like, comment, shaping, () ->
        {
            final KeyEntry now = unchanged(active);
            return KeyTimes.NEVER == retireByMs ?
                List.of() : List.of(now.withTimes(now.times().withRetireBy(retireByMs)));
        });
    }

    /** {@code keys activate}: at once, or at an instant. */
    void activate(final OperatorCall call, final CommandFields fields) throws RegisterException
    {
        final KeyEntry found = fields.entry(context.register(), "that can be activated",
            CommandFields.in(KeyState.PRE_ACTIVE, KeyState.SUSPENDED));
        final String apiKey = fields.optional("api-key");
        final KeyEntry entry = null == apiKey ? withDeclaredApiKey(found) : found.withVenue(binding(found, apiKey));
        final long atMs = fields.time("at", KeyTimes.NEVER);
        if (KeyTimes.NEVER != atMs)
        {
            if (KeyState.PRE_ACTIVE != entry.state() || null == entry.venue() || null == entry.venue().apiKey())
            {
                throw new RegisterException(entry + " is " + entry.state().configName() +
                    (KeyState.PRE_ACTIVE == entry.state() ? " and has no api-key: give it with 'api-key'" :
                    ": only a pre-active key can be activated at an instant"));
            }
            context.plan().check(entry);
            context.update(List.of(entry.withTimes(entry.times().withActivateAt(atMs))), call, fields.comment(),
                List.of(entry + " becomes active at " + Instant.ofEpochMilli(atMs)));
            return;
        }
        activate(call, entry, fields.comment(), fields.duration("overlap", context.config().overlapMs()));
    }

    /** Makes a version the active one; {@code call} is null when the schedule does. */
    void activate(final OperatorCall call, final KeyEntry entry, final String comment, final long overlapMs)
        throws RegisterException
    {
        context.plan().check(entry);
        refuseSharedApiKey(entry);
        // Refused before the token is asked for anything.
        context.register().withKeys(activation(entry, overlapMs));
        laneWork.prove(call, entry, () ->
        {
            final List<KeyEntry> changes = activation(unchanged(entry).withVenue(entry.venue()), overlapMs);
            final List<String> lines = new ArrayList<>();
            changes.forEach((change) -> lines.add(change + " is " + change.state().configName()));
            context.update(changes, call, comment, lines);
        });
    }

    /** {@code keys suspend}, {@code keys revoke}: met by the very next request; no token is asked. */
    void stop(final OperatorCall call, final CommandFields fields, final KeyState state) throws RegisterException
    {
        final KeyEntry entry = fields.entry(context.register(), "that are active or suspended",
            CommandFields.in(KeyState.ACTIVE, KeyState.SUSPENDED));
        final KeyEntry stopped = entry.become(state, context.utcMs());
        final KeyEntry next = KeyState.REVOKED != state ? stopped :
            stopped.withTimes(stopped.times().withDestroyBy(context.utcMs() + DESTROY_AFTER_MS));
        context.update(List.of(next), call, fields.comment(), List.of(next + " is " + state.configName()));
    }

    /** {@code keys destroy}. */
    void destroy(final OperatorCall call, final CommandFields fields, final boolean isTrial) throws RegisterException
    {
        final KeyEntry entry = fields.entry(context.register(), "that are revoked", CommandFields.in(KeyState.REVOKED));
        entry.become(KeyState.DESTROYED, context.utcMs());
        context.plan().checkToken(entry);
        if (!isTrial)
        {
            laneWork.destroy(call, entry, () ->
            {
                final KeyEntry next = unchanged(entry).become(KeyState.DESTROYED, context.utcMs());
                context.update(List.of(next), call, fields.comment(), List.of(next + " is destroyed"));
            });
        }
    }

    /** How the next version is made of a plain one. */
    @FunctionalInterface
    interface Shaping
    {
        KeyEntry shape(KeyEntry entry);
    }

    /** What changes beside the key that was made. */
    @FunctionalInterface
    interface Others
    {
        List<KeyEntry> now() throws RegisterException;
    }

    private void generate(
        final OperatorCall call,
        final KeyEntry like,
        final String comment,
        final Shaping shaping,
        final Others others) throws RegisterException
    {
        if (like.spec().algorithm().isMac())
        {
            throw new RegisterException(like.spec().algorithm().configName() + " keys are made by their venue: " +
                "bring " + like.alias() + " with 'keys import'");
        }
        context.plan().check(like);
        if (null != context.register().key(like.alias(), like.version()))
        {
            throw new RegisterException(like + " is in the register already");
        }
        // What cannot stand in the register is found out before there is a key.
        context.plan().check(shaping.shape(like));
        laneWork.generate(call, like, (entry) ->
        {
            final KeyEntry shaped = shaping.shape(entry);
            final List<KeyEntry> changes = new ArrayList<>(others.now());
            changes.add(shaped);
            context.update(changes, call, comment, List.of(
                shaped + " is pre-active, id " + HexFormat.of().formatHex(shaped.spec().id()) + " in token " +
                    shaped.token(),
                "public-key " + Base64.getEncoder().encodeToString(shaped.spec().pinned()),
                next(shaped)));
        });
    }

    private KeyEntry entry(
        final CommandFields fields,
        final KeyConfig declared,
        final SigningAlgorithm algorithm,
        final byte[] id,
        final byte[] pinned) throws RegisterException
    {
        final String alias = fields.alias();
        final int version = CommandFields.ANY_VERSION == fields.version() ? nextVersion(alias) : fields.version();
        final String token = null != fields.optional("token") ? fields.optional("token") :
            null != declared ? declared.token() : context.config().token();
        final String venue = null != fields.optional("venue") ? fields.optional("venue") :
            null != declared ? declared.venue().name() : null;
        try
        {
            final byte[] shown = 0 == pinned.length ? RegisteredKeys.unknownPinned(algorithm) : pinned;
            final KeyEntry entry = KeyEntry.preActive(
                new KeySpec(alias, version, id, algorithm, shown), token, fields.traits(), context.utcMs());
            return null == venue ? entry : entry.withVenue(VenueBinding.of(venue, fields.optional("api-key")));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }

    private int nextVersion(final String alias)
    {
        return 1 + context.register().versionsOf(alias).stream().mapToInt(KeyEntry::version).max().orElse(0);
    }

    /** As it is now; whoever has stopped it while a token was at work has the last word. */
    private KeyEntry unchanged(final KeyEntry entry) throws RegisterException
    {
        final KeyEntry now = context.register().key(entry.alias(), entry.version());
        if (entry.state() != now.state())
        {
            throw new RegisterException(entry + " became " + now.state().configName() +
                " while the token was at work: nothing else was changed");
        }
        return now;
    }

    /** The version becomes active, or what it was before it was suspended; the one before begins to retire. */
    private List<KeyEntry> activation(final KeyEntry entry, final long overlapMs) throws RegisterException
    {
        final long nowMs = context.utcMs();
        final List<KeyEntry> changes = new ArrayList<>();
        final KeyState next = KeyState.SUSPENDED == entry.state() ? entry.stateBefore() : KeyState.ACTIVE;
        if (KeyState.ACTIVE == next)
        {
            final KeyEntry active = context.register().activeOf(entry.alias());
            if (null != active && active.version() != entry.version())
            {
                final KeyTimes times = active.times();
                final long retireByMs = KeyTimes.NEVER == times.retireByMs() ? nowMs + overlapMs : times.retireByMs();
                changes.add(active.become(KeyState.RETIRING, nowMs).withTimes(
                    times.withRetireBy(retireByMs).withDestroyBy(retireByMs + DESTROY_AFTER_MS)));
            }
        }
        final KeyEntry become = entry.become(next, nowMs);
        final KeyEntry activated = become.withTimes(become.times().withDestroyBy(
            KeyState.ACTIVE == next ? KeyTimes.NEVER : become.times().destroyByMs()));
        final long ageMs = entry.isHighValue() ? context.config().highValueMs() : context.config().rotationMs();
        changes.add(KeyState.ACTIVE != next || KeyTimes.NEVER != activated.times().rotateByMs() ? activated :
            activated.withTimes(activated.times().withRotateBy(nowMs + ageMs)));
        return changes;
    }

    private KeyEntry withDeclaredApiKey(final KeyEntry entry) throws RegisterException
    {
        final KeyConfig declared = context.plan().declared(entry.alias());
        if (null == declared)
        {
            throw new RegisterException("the configuration does not name the key '" + entry.alias() +
                "': add it there with its venue and start again, then activate it");
        }
        return null != entry.venue() && null != entry.venue().apiKey() || 1 < entry.version() ||
            null == declared.apiKey() ? entry : entry.withVenue(binding(entry, declared.apiKey()));
    }

    private VenueBinding binding(final KeyEntry entry, final String apiKey) throws RegisterException
    {
        final KeyConfig declared = context.plan().declared(entry.alias());
        final String venue = null != entry.venue() ? entry.venue().venue() :
            null != declared ? declared.venue().name() : null;
        if (null == venue)
        {
            throw new RegisterException("nothing says which venue " + entry + " is for: name it in the configuration");
        }
        try
        {
            return null == entry.venue() ? VenueBinding.of(venue, apiKey) : entry.venue().withApiKey(apiKey);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }

    /** What one venue takes, another may: policy has looked at the keys of the start only. */
    private void refuseSharedApiKey(final KeyEntry entry) throws RegisterException
    {
        for (final KeyConfig other : context.plan().declared())
        {
            final Register register = context.register();
            final KeyEntry active = other.isRegistered() ? register.activeOf(other.spec().alias()) : null;
            final String apiKey = null != active ? active.venue().apiKey() : other.isRegistered() ?
                null : other.apiKey();
            if (!other.spec().alias().equals(entry.alias()) && null != entry.venue() &&
                null != apiKey && apiKey.equals(entry.venue().apiKey()) &&
                !other.venue().name().equals(entry.venue().venue()))
            {
                throw new RegisterException("key " + other.spec().alias() + " has the same api-key at " +
                    other.venue().name() + ": what policy allows for one would be good for the other; activate it " +
                    "with both in the configuration and policy acknowledging it");
            }
        }
    }

    private static String next(final KeyEntry entry)
    {
        return (entry.spec().algorithm().isMac() ? "then" : "register the public key at the venue, then") +
            ": keys activate --alias " + entry.alias() + " --key-version " + entry.version() +
            (null == entry.venue() || null == entry.venue().apiKey() ? " --api-key ID" : "");
    }

    private static String line(final KeyEntry entry)
    {
        final KeyTimes times = entry.times();
        return entry.alias() + " version " + entry.version() + " " + entry.state().configName() + ", " +
            entry.spec().algorithm().configName() + ", token " + entry.token() + ", id " +
            HexFormat.of().formatHex(entry.spec().id()) +
            (null == entry.venue() ? "" : ", " + entry.venue().venue() +
                (null == entry.venue().apiKey() ? "" : ", api-key " + entry.venue().apiKey())) +
            time(", created ", times.createdMs()) + time(", activate at ", times.activateAtMs()) +
            time(", activated ", times.activatedMs()) + time(", rotate by ", times.rotateByMs()) +
            time(", valid until ", KeyState.RETIRING == entry.state() ? times.retireByMs() : KeyTimes.NEVER) +
            time(", destroy by ", KeyState.DESTROYED == entry.state() ? KeyTimes.NEVER : times.destroyByMs()) +
            ", " + entry.use().signatures() + " signatures" +
            (entry.isRecoverable() ? ", recoverable" : "") + (entry.isHighValue() ? ", high value" : "");
    }

    private static String time(final String what, final long timeMs)
    {
        return KeyTimes.NEVER == timeMs ? "" : what + Instant.ofEpochMilli(timeMs);
    }
}
