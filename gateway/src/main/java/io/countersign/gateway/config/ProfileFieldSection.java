package io.countersign.gateway.config;

import io.countersign.venues.profile.FieldValue;
import io.countersign.venues.profile.FieldsIn;
import io.countersign.venues.profile.JsonType;
import io.countersign.venues.profile.OrderTypes;
import io.countersign.venues.profile.Part;
import io.countersign.venues.profile.ProfileField;

import java.util.List;

/**
 * Reads one field of an operation.
 */
final class ProfileFieldSection
{
    private static final String ORDER_TYPES = "a list of order types, as limit or stop-loss-limit";

    private final YamlSource source;
    private final ProfileValueSection values;
    private final ProfilePartSection parts;
    private final FieldsIn fieldsIn;

    ProfileFieldSection(
        final YamlSource source,
        final ProfileValueSection values,
        final ProfilePartSection parts,
        final FieldsIn fieldsIn)
    {
        this.source = source;
        this.values = values;
        this.parts = parts;
        this.fieldsIn = fieldsIn;
    }

    ProfileField read(final YamlMapping field) throws ConfigException
    {
        final String name = field.name("name");
        final int kinds = (field.has("from") ? 1 : 0) + (field.has("value") ? 1 : 0) + (field.has("parts") ? 1 : 0);
        if (1 != kinds)
        {
            throw field.error("name", "field '" + name + "' has none, or more than one, of 'from', 'value' and " +
                "'parts'; expected one of them");
        }
        final FieldValue value;
        if (field.has("from"))
        {
            value = values.read(field, "from", "name", "required", "required-for", "only-for", "json");
        }
        else
        {
            field.allowOnly("name", "value", "parts", "only-for", "json");
            value = null;
        }
        final List<Part> made = field.has("parts") ? parts.read(field, "parts") : null;
        return new ProfileField(
            source.position(field.node()),
            name,
            field.has("value") ? field.text("value", "a text") : null,
            value,
            made,
            field.has("required") && isTrue(field),
            field.has("required-for") ? orderTypes(field, "required-for") : 0,
            field.has("only-for") ? orderTypes(field, "only-for") : OrderTypes.ALL,
            json(field, value));
    }

    static int orderTypes(final YamlMapping mapping, final String field) throws ConfigException
    {
        int types = 0;
        for (final int bit : mapping.choices(field, OrderTypes::ofConfigName, ORDER_TYPES))
        {
            types |= bit;
        }
        return types;
    }

    private static boolean isTrue(final YamlMapping field) throws ConfigException
    {
        return field.choice("required", (value) -> switch (value)
        {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        }, "true or false");
    }

    private JsonType json(final YamlMapping field, final FieldValue value) throws ConfigException
    {
        if (!field.has("json"))
        {
            final boolean isTruth = null != value && value.source().isFlag() && !field.has("values");
            return isTruth ? JsonType.BOOLEAN : JsonType.STRING;
        }
        if (FieldsIn.JSON != fieldsIn)
        {
            throw field.error("json", "'json' says something of fields in json only");
        }
        return field.choice("json", JsonType::ofConfigName, "string, number, boolean, strings or numbers");
    }
}
