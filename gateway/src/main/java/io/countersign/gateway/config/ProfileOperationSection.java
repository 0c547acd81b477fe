package io.countersign.gateway.config;

import io.countersign.venues.Binding;
import io.countersign.venues.Operation;
import io.countersign.venues.profile.FieldChoice;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldsIn;
import io.countersign.venues.profile.OrderTypes;
import io.countersign.venues.profile.Part;
import io.countersign.venues.profile.ProfileField;
import io.countersign.venues.profile.ProfileHeader;
import io.countersign.venues.profile.ProfileOperation;
import io.countersign.venues.profile.RequestMethod;
import io.countersign.venues.profile.TimeFormat;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads one operation of a profile.
 */
final class ProfileOperationSection
{
    private static final String SESSION = "session";

    private final YamlSource source;
    private final YamlMapping root;
    private final List<String> parameters;
    private final Binding binding;
    private final Problems problems;

    ProfileOperationSection(
        final YamlSource source,
        final YamlMapping root,
        final List<String> parameters,
        final Binding binding,
        final Problems problems)
    {
        this.source = source;
        this.root = root;
        this.parameters = parameters;
        this.binding = binding;
        this.problems = problems;
    }

    ProfileOperation read(final YamlMapping section, final String name, final boolean isProfile) throws ConfigException
    {
        final Operation operation = Operation.ofConfigName(name);
        if (null == operation)
        {
            throw section.error(name, "'" + name + "' is no operation; expected one of " + Operation.configNames());
        }
        final YamlMapping mapping = section.mapping(name, "method, path, fields, ...");
        return isProfile ? profileOperation(mapping, operation) : codeOperation(mapping, operation);
    }

    /** The code knows how; the profile says what may be asked for. */
    private ProfileOperation codeOperation(final YamlMapping mapping, final Operation operation) throws ConfigException
    {
        mapping.allowOnly("equivalents", "binding", "privileged");
        final boolean isSession = isSession(mapping);
        return new ProfileOperation(source.position(mapping.node()), operation, RequestMethod.POST, List.of(),
            FieldsIn.NONE, false, true, null, null, List.of(), List.of(), List.of(), List.of(), List.of(), null,
            equivalents(mapping), binding(mapping, isSession), isSession);
    }

    private ProfileOperation profileOperation(final YamlMapping mapping, final Operation operation)
    {
        problems.check(() -> mapping.allowOnly("method", "path", "fields-in", "sorted", "encoding", "content-type",
            "begin-string", "fields", "one-of", "not-both", "sign", "headers", "message", "equivalents", "binding",
            "privileged", "time"));
        final TimeFormat time = problems.attempt(TimeFormat.MILLIS, () -> time(mapping));
        final ProfileValueSection values = new ProfileValueSection(parameters, time, problems);
        final ProfilePartSection parts = new ProfilePartSection(source, values, problems);
        final RequestMethod method = problems.attempt(RequestMethod.POST, () ->
            mapping.choice("method", RequestMethod::ofConfigName, "GET, POST, PUT, DELETE or MESSAGE"));
        final FieldsIn fieldsIn = problems.attempt(FieldsIn.NONE, () -> !mapping.has("fields-in") ? FieldsIn.NONE :
            mapping.choice("fields-in", FieldsIn::ofConfigName, "query, form, json, fix or none"));
        final boolean isSession = problems.attempt(false, () -> isSession(mapping));
        final boolean isMessage = RequestMethod.MESSAGE == method;
        return new ProfileOperation(
            source.position(mapping.node()),
            operation,
            method,
            mapping.has("path") ? parts.read(mapping, "path") : List.of(),
            fieldsIn,
            problems.attempt(false, () -> mapping.has("sorted") && flag(mapping, "sorted")),
            problems.attempt(true, () -> isPercent(mapping)),
            isMessage ? null : problems.attempt(null, () -> contentType(mapping, fieldsIn)),
            problems.attempt(null, () -> mapping.has("begin-string") ? beginString(mapping) : null),
            fields(mapping, values, parts, fieldsIn),
            choices(mapping),
            exclusions(mapping),
            own(mapping, "sign") == null ? List.of() : parts.read(own(mapping, "sign"), "sign"),
            isMessage ? List.of() : headers(mapping, parts),
            mapping.has("message") ? parts.read(mapping, "message") : null,
            problems.attempt(Set.of(), () -> equivalents(mapping)),
            problems.attempt(binding, () -> binding(mapping, isSession)),
            isSession);
    }

    /** What has a field: the operation, else the profile; null when neither has. */
    private YamlMapping own(final YamlMapping mapping, final String field)
    {
        return mapping.has(field) ? mapping : root.has(field) ? root : null;
    }

    private TimeFormat time(final YamlMapping mapping) throws ConfigException
    {
        final YamlMapping own = own(mapping, "time");
        return null == own ? TimeFormat.MILLIS :
            own.choice("time", TimeFormat::ofConfigName, ProfileValueSection.TIME_FORMATS);
    }

    private static boolean flag(final YamlMapping mapping, final String field) throws ConfigException
    {
        return mapping.choice(field, (value) -> switch (value)
        {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        }, "true or false");
    }

    private static boolean isPercent(final YamlMapping mapping) throws ConfigException
    {
        return !mapping.has("encoding") || mapping.choice("encoding", (value) -> switch (value)
        {
            case "percent" -> true;
            case "raw" -> false;
            default -> null;
        }, "percent or raw");
    }

    private static String contentType(final YamlMapping mapping, final FieldsIn fieldsIn) throws ConfigException
    {
        if (!mapping.has("content-type"))
        {
            return fieldsIn.contentType();
        }
        if (null == fieldsIn.contentType())
        {
            throw mapping.error("content-type", "there is no body; expected 'fields-in: form' or json beside it");
        }
        return mapping.choice("content-type",
            (value) -> value.matches("[!-~]+(; ?[!-~]+)?") ? value : null, "a media type");
    }

    private static String beginString(final YamlMapping mapping) throws ConfigException
    {
        return mapping.choice("begin-string",
            (value) -> value.matches("FIXT?\\.[0-9]\\.[0-9]") ? value : null, "a version of FIX, as FIX.4.4");
    }

    private List<ProfileField> fields(
        final YamlMapping mapping,
        final ProfileValueSection values,
        final ProfilePartSection parts,
        final FieldsIn fieldsIn)
    {
        final List<ProfileField> fields = new ArrayList<>();
        final ProfileFieldSection section = new ProfileFieldSection(source, values, parts, fieldsIn);
        for (final YamlMapping field : mapping.mappings("fields", "a field", problems))
        {
            problems.check(() -> fields.add(section.read(field)));
        }
        return fields;
    }

    private List<ProfileHeader> headers(final YamlMapping mapping, final ProfilePartSection parts)
    {
        final YamlMapping own = own(mapping, "headers");
        final YamlMapping section = null == own ? null :
            problems.attempt(null, () -> own.mapping("headers", "a mapping from names of headers to parts"));
        final List<ProfileHeader> headers = new ArrayList<>();
        if (null != section)
        {
            for (final String name : section.fieldNames())
            {
                final List<Part> value = parts.read(section, name);
                headers.add(new ProfileHeader(source.position(section.node(name)), name, value));
            }
        }
        return headers;
    }

    private List<FieldChoice> choices(final YamlMapping mapping)
    {
        final List<FieldChoice> choices = new ArrayList<>();
        for (final Node item : lists(mapping, "one-of"))
        {
            problems.check(() -> choices.add(choice(item)));
        }
        return choices;
    }

    private FieldChoice choice(final Node item) throws ConfigException
    {
        if (item instanceof final SequenceNode list)
        {
            return new FieldChoice(source.position(item), sources(list), OrderTypes.ALL);
        }
        final YamlMapping mapping = YamlMapping.of(source, item, "a choice");
        mapping.allowOnly("any", "for");
        return new FieldChoice(
            source.position(item),
            mapping.choices("any", ProfileOperationSection::ofOrder, "a list of fields of orders"),
            ProfileFieldSection.orderTypes(mapping, "for"));
    }

    private List<List<FieldSource>> exclusions(final YamlMapping mapping)
    {
        final List<List<FieldSource>> exclusions = new ArrayList<>();
        for (final Node item : lists(mapping, "not-both"))
        {
            problems.check(() ->
            {
                if (!(item instanceof final SequenceNode list))
                {
                    throw source.error(item, "expected a list of fields of orders");
                }
                exclusions.add(sources(list));
            });
        }
        return exclusions;
    }

    private List<Node> lists(final YamlMapping mapping, final String field)
    {
        return !mapping.has(field) ? List.of() :
            problems.attempt(List.of(), () -> mapping.items(field, "a list, each item a list of fields of orders"));
    }

    private List<FieldSource> sources(final SequenceNode list) throws ConfigException
    {
        final List<FieldSource> sources = new ArrayList<>();
        for (final Node item : list.getValue())
        {
            final FieldSource field = ofOrder(ProfilePartSection.word(source, item));
            if (null == field)
            {
                throw source.error(item, "this is no field of orders; expected one, as symbol");
            }
            sources.add(field);
        }
        return sources;
    }

    private static FieldSource ofOrder(final String name)
    {
        final FieldSource field = FieldSource.ofConfigName(name);
        return null != field && field.isOfOrder() ? field : null;
    }

    private static Set<Operation> equivalents(final YamlMapping mapping) throws ConfigException
    {
        final Set<Operation> equivalents = EnumSet.noneOf(Operation.class);
        if (mapping.has("equivalents"))
        {
            equivalents.addAll(mapping.choices(
                "equivalents", Operation::ofConfigName, "a list of operations: " + Operation.configNames()));
        }
        return equivalents;
    }

    private static boolean isSession(final YamlMapping mapping) throws ConfigException
    {
        return mapping.has("privileged") &&
            mapping.choice("privileged", (value) -> SESSION.equals(value) ? true : null, SESSION);
    }

    private Binding binding(final YamlMapping mapping, final boolean isSession) throws ConfigException
    {
        return mapping.has("binding") ?
            mapping.choice("binding", Binding::ofConfigName, "A, B, C, D or E") : isSession ? Binding.E : binding;
    }
}
