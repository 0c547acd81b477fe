package io.countersign.ops.venues;

import io.countersign.ops.venues.Vector.Parameter;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldValue;
import io.countersign.venues.profile.FieldsIn;
import io.countersign.venues.profile.OrderTypes;
import io.countersign.venues.profile.Part;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileField;
import io.countersign.venues.profile.ProfileOperation;
import io.countersign.venues.profile.TimeFormat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads a vector's parameters, in the venue's names and words, back into what a bot would have said: the profile's
 * fields the other way round. Where a word stands for several of ours, there are several readings.
 */
final class VectorReading
{
    private final Profile profile;
    private final ProfileOperation operation;
    private final Vector vector;
    private final FieldReading fields;

    VectorReading(final Profile profile, final ProfileOperation operation, final Vector vector)
    {
        this.profile = profile;
        this.operation = operation;
        this.vector = vector;
        fields = new FieldReading(profile, operation);
    }

    /** At least one reading. */
    List<Values> read() throws Contradiction
    {
        final Values stated = stated();
        final PartsPattern.Found signed = signed(profile, operation, vector);
        List<Values> readings = List.of(stated);
        if (null != vector.fields().get("order"))
        {
            order(stated);
        }
        else
        {
            for (final Parameter parameter : parameters(signed))
            {
                final List<Values> alternatives = alternatives(parameter);
                final List<Values> before = readings;
                readings = FieldReading.product(before, alternatives, false);
                if (readings.isEmpty())
                {
                    throw new Contradiction("'" + parameter.name() + "' is '" + parameter.text() +
                        "', which does not go with what else the vector says");
                }
            }
            final PartsPattern.Found path = null == vector.path() ? null :
                PartsPattern.ofPath(profile, operation).find(vector.path());
            readings = fields.withFound(readings, path);
        }
        readings = fields.withFound(readings, signed);
        readings = withMessage(readings);
        readings.forEach(this::complete);
        return withTypes(readings);
    }

    /** The names of parameters that no field has. */
    List<String> unknownParameters()
    {
        return parameters(signed(profile, operation, vector)).stream().map(Parameter::name)
            .filter((name) -> operation.fields().stream().noneMatch((field) -> field.name().equals(name))).toList();
    }

    /** Whether what the venue always writes of its own accord is among the parameters. */
    boolean hasFixedFields()
    {
        final List<Parameter> parameters = parameters(signed(profile, operation, vector));
        return parameters.isEmpty() || operation.fields().stream()
            .filter((field) -> !field.needsSignature() && OrderTypes.ALL == field.onlyFor() &&
            (null != field.constant() || null != field.value() && (FieldSource.API_KEY == field.value().source() ||
            FieldSource.TIMESTAMP == field.value().source() || FieldSource.NONCE == field.value().source())))
            .allMatch((field) -> parameters.stream().anyMatch((known) -> known.name().equals(field.name())));
    }

    /** What stands where in the text that was signed; null when the operation never signs such a text. */
    static PartsPattern.Found signed(final Profile profile, final ProfileOperation operation, final Vector vector)
    {
        final byte[] payload = vector.payload();
        if (null == payload)
        {
            return null;
        }
        final boolean isText = vector.text("canonical_payload").equals(new String(payload, StandardCharsets.UTF_8));
        final String text = new String(payload, isText ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        final Map<FieldSource, String> known = new EnumMap<>(FieldSource.class);
        known(known, FieldSource.API_KEY, vector.text("api_key"));
        known(known, FieldSource.NONCE, vector.text("nonce"));
        known(known, FieldSource.RECEIVE_WINDOW, vector.text("recv_window"));
        final PartsPattern.Found found = PartsPattern.ofSigned(profile, operation, known).find(text);
        return null != found || known.isEmpty() ? found :
            PartsPattern.ofSigned(profile, operation, Map.of()).find(text);
    }

    private static void known(final Map<FieldSource, String> known, final FieldSource source, final String text)
    {
        if (null != text && !text.isEmpty())
        {
            known.put(source, text);
        }
    }

    private Values stated() throws Contradiction
    {
        final Values values = new Values();
        put(values, FieldSource.API_KEY, vector.text("api_key"));
        put(values, FieldSource.NONCE, NonceRule.Kind.NONE == profile.nonce().kind() ? null : vector.text("nonce"));
        put(values, FieldSource.PASSPHRASE, vector.text("passphrase"));
        put(values, FieldSource.RECEIVE_WINDOW, vector.text("recv_window"));
        if (null != vector.text("timestamp"))
        {
            final FieldValue signed = timestamp(operation.sign());
            put(values, FieldSource.TIMESTAMP, Values.nanosOfAny(vector.text("timestamp"),
                null == signed ? TimeFormat.MILLIS : signed.time(), null == signed ? 0 : signed.plusMs()));
        }
        final Map<String, String> parameters = vector.texts("parameters");
        if (null != parameters)
        {
            for (final Map.Entry<String, String> entry : parameters.entrySet())
            {
                if (profile.parameters().stream().noneMatch((known) -> known.name().equals(entry.getKey())))
                {
                    throw new Contradiction("the profile has no parameter '" + entry.getKey() + "'");
                }
                values.putParameter(entry.getKey(), entry.getValue());
            }
        }
        return values;
    }

    private static void put(final Values values, final FieldSource source, final String text)
    {
        if (null != text && !text.isEmpty())
        {
            values.put(source, text);
        }
    }

    /** How the time is written that is signed, or else that a field carries which is signed. */
    private FieldValue timestamp(final List<Part> parts)
    {
        for (final Part part : parts)
        {
            final FieldValue value = switch (part)
            {
                case final Part.Value written -> written.value();
                case final Part.Hash hash -> timestamp(hash.of());
                default -> null;
            };
            if (null != value && FieldSource.TIMESTAMP == value.source())
            {
                return value;
            }
        }
        return !PartsPattern.carriesFields(parts) ? null : operation.fields().stream().map(ProfileField::value)
            .filter((value) -> null != value && FieldSource.TIMESTAMP == value.source()).findFirst().orElse(null);
    }

    private void order(final Values values) throws Contradiction
    {
        final Map<String, String> order = vector.texts("order");
        if (null == order)
        {
            throw new Contradiction("'order' is no mapping");
        }
        for (final Map.Entry<String, String> field : order.entrySet())
        {
            final FieldSource source = FieldSource.ofConfigName(field.getKey());
            if (null == source || !source.isOfOrder())
            {
                throw new Contradiction("'order' has '" + field.getKey() + "', which is no field of a request");
            }
            values.put(source, field.getValue());
        }
    }

    private List<Parameter> parameters(final PartsPattern.Found signed)
    {
        if (!vector.parameters().isEmpty())
        {
            return vector.parameters();
        }
        final boolean isStated = null != vector.query() || null != vector.text("body");
        final String query = isStated || null == signed ? vector.query() : signed.query();
        final String body = isStated || null == signed ? vector.text("body") : signed.body();
        final List<Parameter> parameters = new ArrayList<>();
        form(parameters, query);
        if (FieldsIn.JSON == operation.fieldsIn() && null != body && body.startsWith("{"))
        {
            json(parameters, body);
        }
        else if (FieldsIn.FORM == operation.fieldsIn())
        {
            form(parameters, body);
        }
        return parameters;
    }

    private void form(final List<Parameter> parameters, final String text)
    {
        for (final String item : null == text || text.isEmpty() ? new String[0] : text.split("&"))
        {
            final String[] pair = item.split("=", 2);
            parameters.add(new Parameter(decoded(pair[0]), 1 == pair.length ? "" : decoded(pair[1])));
        }
    }

    private String decoded(final String text)
    {
        try
        {
            return operation.isPercent() ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8) : text;
        }
        catch (final IllegalArgumentException ex)
        {
            return text;
        }
    }

    private static void json(final List<Parameter> parameters, final String text)
    {
        try
        {
            if (JsonReader.parse(text) instanceof final Map<?, ?> map)
            {
                map.forEach((name, value) -> parameters.add(new Parameter(name.toString(), value)));
            }
        }
        catch (final IllegalArgumentException ex)
        {
            // Bytes that are compared all the same.
        }
    }

    /** What a whole FIX message says beyond what is signed. */
    private List<Values> withMessage(final List<Values> readings)
    {
        List<Values> filled = readings;
        for (final String item : null == vector.text("framed_message") ?
            new String[0] : vector.text("framed_message").split("[|\\x01]"))
        {
            final String[] pair = item.split("=", 2);
            for (final ProfileField field : operation.fields())
            {
                if (2 == pair.length && field.name().equals(pair[0]) && null != field.value())
                {
                    filled = FieldReading.product(filled, fields.of(field.value(), pair[1]), true);
                }
            }
        }
        return filled;
    }

    /** Every side and every order type, where no field of the venue tells them. */
    private List<Values> withTypes(final List<Values> readings)
    {
        List<Values> typed = readings;
        for (final FieldSource source : Operation.NEW_ORDER == operation.operation() ?
            List.of(FieldSource.ORDER_TYPE, FieldSource.SIDE) : List.<FieldSource>of())
        {
            final boolean isTold = operation.fields().stream().anyMatch(
                (field) -> null != field.value() && source == field.value().source());
            if (!isTold && !readings.getFirst().has(source))
            {
                typed = FieldReading.product(typed, source.words().keySet().stream().map((word) ->
                {
                    final Values value = new Values();
                    value.put(source, word);
                    return value;
                }).toList(), true);
            }
        }
        return typed;
    }

    private List<Values> alternatives(final Parameter parameter) throws Contradiction
    {
        final List<ProfileField> named =
            operation.fields().stream().filter((field) -> field.name().equals(parameter.name())).toList();
        if (named.isEmpty())
        {
            if (PartsPattern.carriesFields(operation.sign()))
            {
                throw new Contradiction("the profile has no field '" + parameter.name() + "' in " +
                    operation.operation().configName());
            }
            return List.of(new Values());
        }
        if (null == parameter.text())
        {
            throw new Contradiction("'" + parameter.name() + "' is a list or an object, which no field is");
        }
        final List<Values> alternatives = new ArrayList<>();
        for (final ProfileField field : named)
        {
            alternatives.addAll(fields.of(field, parameter.text()));
        }
        if (alternatives.isEmpty())
        {
            final boolean isFixed = named.stream().allMatch((field) -> null != field.constant() ||
                null != field.value() && FieldSource.PARAMETER == field.value().source());
            throw new Contradiction("'" + parameter.name() + "' is '" + parameter.text() + "'; the profile writes " +
                named.stream().map(fields::expected).collect(Collectors.joining(" or ")), isFixed);
        }
        return alternatives;
    }

    private void complete(final Values values)
    {
        final String timestamp = vector.text("timestamp");
        if (NonceRule.Kind.COUNTER == profile.nonce().kind() && null != timestamp && timestamp.matches("[0-9]+") &&
            !values.has(FieldSource.NONCE))
        {
            values.put(FieldSource.NONCE, timestamp);
        }
        if (!values.has(FieldSource.API_KEY))
        {
            values.put(FieldSource.API_KEY, "api-key");
        }
        for (final ProfileField field : PartsPattern.carriesFields(operation.sign()) ?
            List.<ProfileField>of() : operation.fields())
        {
            // Sent, but not signed, and the vector does not say what: any value will do.
            if (field.isRequired() && null != field.value() && !values.has(field.value().source()))
            {
                switch (field.value().source().kind())
                {
                    case TEXT -> values.put(field.value().source(), "any");
                    case NUMBER -> values.put(field.value().source(), "1");
                    default ->
                    {
                        // Nothing stands for any of these.
                    }
                }
            }
        }
    }
}
