package io.countersign.gateway.profile;

import io.countersign.venues.profile.FieldChoice;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldSource.Kind;
import io.countersign.venues.profile.FieldValue;
import io.countersign.venues.profile.OrderTypes;
import io.countersign.venues.profile.Part;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileField;
import io.countersign.venues.profile.ProfileHeader;
import io.countersign.venues.profile.ProfileOperation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** Draws orders that an operation of a profile takes. */
final class SampleOrders
{
    private final Profile profile;
    private final ProfileOperation operation;
    private final Random random;

    /** A value somewhere in the operation, with the order types for which it stands there. */
    private record Use(FieldValue value, int types, int requiredFor)
    {
    }

    private final List<Use> uses = new ArrayList<>();

    SampleOrders(final Profile profile, final ProfileOperation operation, final Random random)
    {
        this.profile = profile;
        this.operation = operation;
        this.random = random;
        for (final ProfileField field : operation.fields())
        {
            if (null != field.value())
            {
                uses.add(new Use(field.value(), field.onlyFor(),
                    field.isRequired() ? field.onlyFor() : field.requiredFor()));
            }
            collect(null == field.parts() ? List.of() : field.parts());
        }
        collect(operation.path());
        collect(operation.sign());
        operation.headers().stream().map(ProfileHeader::parts).forEach(this::collect);
        collect(null == operation.message() ? List.of() : operation.message());
        uses.removeIf((use) -> !use.value().source().isOfOrder());
    }

    /** Fields that the operation takes: those it must have, and of the others some. */
    Map<FieldSource, byte[]> next()
    {
        return next((source) -> random.nextBoolean());
    }

    /** Fields that the operation takes: those it must have, and of the others those that are wanted. */
    Map<FieldSource, byte[]> next(final Predicate<FieldSource> wanted)
    {
        final Map<FieldSource, byte[]> fields = new EnumMap<>(FieldSource.class);
        int type = 1;
        for (final Use use : uses)
        {
            if (FieldSource.ORDER_TYPE == use.value().source())
            {
                final List<String> words = List.copyOf(use.value().words().keySet());
                final String word = words.get(random.nextInt(words.size()));
                type = OrderTypes.ofConfigName(word);
                put(fields, FieldSource.ORDER_TYPE, word);
            }
        }
        for (final Use use : uses)
        {
            final FieldSource source = use.value().source();
            final boolean isRequired = (use.requiredFor() & type) != 0;
            if ((use.types() & type) != 0 && !fields.containsKey(source) && (isRequired || wanted.test(source)))
            {
                fields.put(source, value(use.value()));
            }
            if (use.value().negativeSell())
            {
                put(fields, FieldSource.SIDE, "sell");
            }
        }
        choose(fields, type);
        return fields;
    }

    /** What a field of the order may hold here: the strictest of its uses. */
    byte[] value(final FieldSource source)
    {
        return value(uses.stream().map(Use::value).filter((value) -> source == value.source()).findFirst()
            .orElseGet(() -> FieldValue.of(source, null)));
    }

    boolean uses(final FieldSource source)
    {
        return uses.stream().anyMatch((use) -> source == use.value().source() ||
            FieldSource.SIDE == source && use.value().negativeSell());
    }

    private void choose(final Map<FieldSource, byte[]> fields, final int type)
    {
        for (final List<FieldSource> exclusion : operation.notBoth())
        {
            exclusion.stream().filter(fields::containsKey).skip(1).toList().forEach(fields::remove);
        }
        for (final FieldChoice choice : operation.oneOf())
        {
            if ((choice.forTypes() & type) != 0 && choice.any().stream().noneMatch(fields::containsKey))
            {
                final FieldSource chosen = choice.any().get(random.nextInt(choice.any().size()));
                fields.put(chosen, value(chosen));
            }
        }
    }

    private void collect(final List<Part> parts)
    {
        for (final Part part : parts)
        {
            if (part instanceof final Part.Value value)
            {
                uses.add(new Use(value.value(), OrderTypes.ALL,
                    FieldSource.RECEIVE_WINDOW == value.value().source() ? 0 : OrderTypes.ALL));
            }
            if (part instanceof final Part.Hash hash)
            {
                collect(hash.of());
            }
        }
    }

    private byte[] value(final FieldValue value)
    {
        final FieldSource source = value.source();
        final String text = switch (source.kind())
        {
            case TEXT -> text(source);
            case CODE -> new ArrayList<>(value.words().isEmpty() ? source.words().keySet() : value.words().keySet())
                .get(random.nextInt(value.words().isEmpty() ? source.words().size() : value.words().size()));
            case DECIMAL -> decimal(value.maxDecimals());
            default -> FieldSource.RECEIVE_WINDOW == source ?
                Integer.toString(1 + random.nextInt(null == profile.receiveWindow() ? 5_000 :
                    profile.receiveWindow().maxMs())) :
                Integer.toString(1 + random.nextInt(1_000_000));
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String decimal(final int maxDecimals)
    {
        final int decimals = random.nextInt(Math.min(9, maxDecimals + 1));
        final String whole = Integer.toString(1 + random.nextInt(100_000));
        return decimals == 0 ? whole :
            whole + "." + Integer.toString(1_000_000_000 + random.nextInt(1_000_000_000)).substring(1, 1 + decimals);
    }

    private String text(final FieldSource source)
    {
        final List<FieldValue> values = uses.stream().map(Use::value)
            .filter((value) -> source == value.source()).toList();
        final int maxLength = values.stream().mapToInt(FieldValue::maxLength).min().orElse(FieldValue.ANY_LENGTH);
        final StringBuilder text = new StringBuilder();
        final int length = 1 + random.nextInt(Math.min(maxLength, 12));
        while (text.length() < length)
        {
            final char c = (char) ('-' + random.nextInt('z' - '-' + 1));
            if (Character.isLetterOrDigit(c) && values.stream().map(FieldValue::characters)
                .allMatch((set) -> set.has(c)))
            {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static void put(final Map<FieldSource, byte[]> fields, final FieldSource source, final String word)
    {
        fields.put(source, word.getBytes(StandardCharsets.US_ASCII));
    }

    /** Every source of a kind that the operation uses. */
    List<FieldSource> used(final Kind kind)
    {
        return uses.stream().map((use) -> use.value().source()).filter((source) -> kind == source.kind())
            .distinct().toList();
    }

    FieldValue use(final FieldSource source)
    {
        return uses.stream().map(Use::value).filter((value) -> source == value.source()).findFirst().orElseThrow();
    }
}
