package io.countersign.gateway.profile;

import io.countersign.venues.VenueRequest;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldValue;
import io.countersign.venues.profile.OrderTypes;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileField;
import io.countersign.venues.profile.ProfileOperation;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a request must say, by an implementation that is as plain as can be. */
final class MeantFields
{
    /** A field; the value is null where the gateway chooses it. */
    record Meant(String name, String value)
    {
    }

    private final Profile profile;
    private final ProfileOperation operation;

    MeantFields(final Profile profile, final ProfileOperation operation)
    {
        this.profile = profile;
        this.operation = operation;
    }

    List<Meant> of(final Map<FieldSource, byte[]> order, final VenueRequest finished)
    {
        final int type = order.containsKey(FieldSource.ORDER_TYPE) ?
            OrderTypes.ofConfigName(text(order, FieldSource.ORDER_TYPE)) : 1;
        final List<Meant> meant = new ArrayList<>();
        final List<ProfileField> fields = new ArrayList<>(operation.fields());
        if (operation.isSorted())
        {
            fields.sort(Comparator.comparing(ProfileField::name));
        }
        for (final ProfileField field : fields)
        {
            if ((field.onlyFor() & type) == 0)
            {
                continue;
            }
            if (null != field.constant() || null != field.parts())
            {
                meant.add(new Meant(field.name(), field.constant()));
            }
            else if (isThere(field.value().source(), order))
            {
                meant.add(new Meant(field.name(), value(field.value(), order, finished)));
            }
        }
        return meant;
    }

    private boolean isThere(final FieldSource source, final Map<FieldSource, byte[]> order)
    {
        return !source.isOfOrder() || order.containsKey(source) ||
            FieldSource.RECEIVE_WINDOW == source && profile.receiveWindow().defaultMs() > 0;
    }

    private String value(
        final FieldValue value, final Map<FieldSource, byte[]> order, final VenueRequest finished)
    {
        return switch (value.source().kind())
        {
            case TEXT -> text(order, value.source());
            case CODE -> value.words().get(text(order, value.source()));
            case DECIMAL -> decimal(value, order);
            case NUMBER -> order.containsKey(value.source()) ?
                text(order, value.source()) : Integer.toString(profile.receiveWindow().defaultMs());
            case GATEWAY, BYTES -> null;
            case SIGNATURE -> FieldSource.SIGNATURE == value.source() ?
                finished.signature().toString() : Integer.toString(finished.signature().length());
        };
    }

    private static String decimal(final FieldValue value, final Map<FieldSource, byte[]> order)
    {
        BigDecimal number = new BigDecimal(text(order, value.source()));
        if (value.strips())
        {
            number = number.stripTrailingZeros();
        }
        if (value.negativeSell() && "sell".equals(text(order, FieldSource.SIDE)))
        {
            number = number.negate();
        }
        return number.toPlainString();
    }

    private static String text(final Map<FieldSource, byte[]> order, final FieldSource source)
    {
        return new String(order.get(source), StandardCharsets.UTF_8);
    }
}
