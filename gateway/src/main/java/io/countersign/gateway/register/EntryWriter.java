package io.countersign.gateway.register;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * The lines of entries, each without its last member, the tag, and without the brace after that.
 */
final class EntryWriter
{
    private final StringBuilder line = new StringBuilder(1024);

    String body(final KeyEntry key)
    {
        begin("key", key.alias());
        number("version", key.version());
        text("token", key.token());
        text("id", HexFormat.of().formatHex(key.spec().id()));
        text("algorithm", key.spec().algorithm().configName());
        if (key.spec().algorithm().isMac())
        {
            text("check-value", HexFormat.of().formatHex(key.spec().pinned()));
        }
        else
        {
            text("public-key", Base64.getEncoder().encodeToString(key.spec().pinned()));
        }
        text("state", key.state().configName());
        text("state-before", null == key.stateBefore() ? null : key.stateBefore().configName());
        text("purpose", KeyEntry.PURPOSE);
        flag("recoverable", key.isRecoverable());
        flag("high-value", key.isHighValue());
        if (null != key.venue())
        {
            venue(key.venue());
        }
        times(key.times());
        number("signatures", key.use().signatures());
        time("last-signed", key.use().lastSignedMs());
        return line.toString();
    }

    String body(final OperatorEntry operator)
    {
        begin("operator", operator.name());
        text("role", operator.role().configName());
        text("public-key", Base64.getEncoder().encodeToString(operator.publicKey()));
        number("totp-version", operator.totpVersion());
        text("state", operator.state().configName());
        time("enrolled", operator.enrolledMs());
        return line.toString();
    }

    String body(final RecoveryEntry recovery)
    {
        begin("recovery", recovery.token());
        text("id", HexFormat.of().formatHex(recovery.id()));
        text("check-value", HexFormat.of().formatHex(recovery.checkValue()));
        number("threshold", recovery.threshold());
        number("shares", recovery.shares());
        time("created", recovery.createdMs());
        return line.toString();
    }

    String body(final RegisterHead head)
    {
        begin("register", RegisterHead.FORMAT);
        number("generation", head.generation());
        time("saved", head.savedMs());
        text("previous", head.previous());
        number("keys", head.keys());
        number("operators", head.operators());
        number("recoveries", head.recoveries());
        return line.toString();
    }

    private void venue(final VenueBinding venue)
    {
        text("venue", venue.venue());
        text("api-key", venue.apiKey());
        text("passphrase", venue.passphrase());
        if (venue.parameters().isEmpty())
        {
            return;
        }
        line.append(",\"parameters\":{");
        char before = 0;
        for (final Map.Entry<String, String> parameter : venue.parameters().entrySet())
        {
            if (0 != before)
            {
                line.append(before);
            }
            quoted(parameter.getKey());
            line.append(':');
            quoted(parameter.getValue());
            before = ',';
        }
        line.append('}');
    }

    private void times(final KeyTimes times)
    {
        time("created", times.createdMs());
        time("activate-at", times.activateAtMs());
        time("activated", times.activatedMs());
        time("rotate-by", times.rotateByMs());
        time("retire-by", times.retireByMs());
        time("destroy-by", times.destroyByMs());
    }

    private void begin(final String kind, final String name)
    {
        line.setLength(0);
        line.append("{\"").append(kind).append("\":");
        quoted(name);
    }

    private void text(final String name, final String value)
    {
        if (null != value)
        {
            line.append(",\"").append(name).append("\":");
            quoted(value);
        }
    }

    private void number(final String name, final long value)
    {
        line.append(",\"").append(name).append("\":").append(value);
    }

    private void flag(final String name, final boolean value)
    {
        line.append(",\"").append(name).append("\":").append(value);
    }

    private void time(final String name, final long timeMs)
    {
        text(name, KeyTimes.NEVER == timeMs ? null : TimeFormat.format(timeMs));
    }

    /** No text of an entry has control characters. */
    private void quoted(final String value)
    {
        line.append('"');
        for (int i = 0; i < value.length(); i++)
        {
            final char c = value.charAt(i);
            if ('"' == c || '\\' == c)
            {
                line.append('\\');
            }
            line.append(c);
        }
        line.append('"');
    }
}
