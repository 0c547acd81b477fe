package io.countersign.ops.venues;

import io.countersign.venues.PassphraseUse;
import io.countersign.venues.VenueParameter;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldValue;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileField;
import io.countersign.venues.profile.ProfileOperation;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text of one field of a request back into what it may mean: the profile's words the other way round.
 */
final class FieldReading
{
    private static final int MAX_READINGS = 128;

    private final Profile profile;
    private final ProfileOperation operation;

    FieldReading(final Profile profile, final ProfileOperation operation)
    {
        this.profile = profile;
        this.operation = operation;
    }

    /** None when the field is never written so. */
    List<Values> of(final ProfileField field, final String text)
    {
        if (null != field.constant())
        {
            return field.constant().equals(text) ? List.of(new Values()) : List.of();
        }
        if (null == field.parts())
        {
            return of(field.value(), text);
        }
        final PartsPattern.Found found = PartsPattern.of(profile, operation, field.parts()).find(text);
        return null == found ? List.of() : withFound(List.of(new Values()), found);
    }

    List<Values> of(final FieldValue value, final String text)
    {
        final List<Values> readings = new ArrayList<>();
        final Values reading = new Values();
        final FieldSource source = value.source();
        final String meaning = Values.read(value, text);
        switch (source.kind())
        {
            case CODE -> value.words().forEach((ours, theirs) ->
            {
                if (theirs.equals(text))
                {
                    final Values coded = new Values();
                    coded.put(source, ours);
                    readings.add(coded);
                }
            });
            case SIGNATURE -> readings.add(reading);
            default ->
            {
                if (text.isEmpty() || FieldSource.PASSPHRASE == source && PassphraseUse.MAC == profile.passphrase())
                {
                    readings.add(reading);
                }
                else if (FieldSource.PARAMETER == source)
                {
                    final VenueParameter parameter = profile.parameters().get(value.parameter());
                    reading.putParameter(parameter.name(), text);
                    if (parameter.values().isEmpty() || parameter.values().contains(text))
                    {
                        readings.add(reading);
                    }
                }
                else if (null != meaning)
                {
                    reading.put(source, meaning);
                    if (value.negativeSell())
                    {
                        reading.put(FieldSource.SIDE, meaning.equals(text) ? "buy" : "sell");
                    }
                    readings.add(reading);
                }
            }
        }
        return readings;
    }

    /** What the profile writes in a field, for people. */
    String expected(final ProfileField field)
    {
        if (null != field.constant())
        {
            return "'" + field.constant() + "'";
        }
        if (null == field.value())
        {
            return "something made of parts";
        }
        if (!field.value().words().isEmpty())
        {
            return "one of " + field.value().words().values();
        }
        return switch (field.value().source())
        {
            case PARAMETER -> "one of " + profile.parameters().get(field.value().parameter()).values();
            case TIMESTAMP -> "a time in the format " + field.value().time().configName();
            default -> field.value().source().configName();
        };
    }

    /** Those readings with what was found in a text, where it goes with them. */
    List<Values> withFound(final List<Values> readings, final PartsPattern.Found foundOrNull)
    {
        List<Values> filled = readings;
        if (null != foundOrNull)
        {
            for (final PartsPattern.Finding finding : foundOrNull.values())
            {
                filled = product(filled, of(finding.value(), finding.text()), true);
            }
        }
        return filled;
    }

    /** What goes together; where nothing does, what was there when that counts for more. */
    static List<Values> product(
        final List<Values> readings, final List<Values> alternatives, final boolean isFill)
    {
        final List<Values> product = new ArrayList<>();
        for (final Values reading : readings)
        {
            final int before = product.size();
            for (final Values alternative : alternatives)
            {
                final Values both = new Values(reading);
                if (both.putAll(alternative) && product.size() < MAX_READINGS)
                {
                    product.add(both);
                }
            }
            if (isFill && before == product.size())
            {
                product.add(reading);
            }
        }
        return product;
    }
}
