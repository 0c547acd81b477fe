package io.countersign.venues.profile;

import io.countersign.venues.Binding;
import io.countersign.venues.Operation;

import java.util.List;
import java.util.Set;

/**
 * How a venue wants the requests of one operation.
 *
 * @param at          where it stands in the profile.
 * @param operation   which.
 * @param method      how the request travels.
 * @param path        parts of the path; empty for a message.
 * @param fieldsIn    what carries the fields.
 * @param isSorted    whether fields stand in the order of their names.
 * @param isPercent   whether values of a query or form are percent-encoded.
 * @param contentType media type of the body, or null.
 * @param beginString version of FIX in a FIX message, else null.
 * @param fields      in the order in which the profile has them.
 * @param oneOf       choices of which at least one must be there.
 * @param notBoth     fields of the order that exclude each other.
 * @param sign        parts of what is signed.
 * @param headers     of the request.
 * @param message     parts of the body of a message; null when that is the fields.
 * @param equivalents other operations for which what is signed is valid too.
 * @param binding     what the signature binds.
 * @param isSession   whether the signature opens a session.
 */
public record ProfileOperation(
    Position at,
    Operation operation,
    RequestMethod method,
    List<Part> path,
    FieldsIn fieldsIn,
    boolean isSorted,
    boolean isPercent,
    String contentType,
    String beginString,
    List<ProfileField> fields,
    List<FieldChoice> oneOf,
    List<List<FieldSource>> notBoth,
    List<Part> sign,
    List<ProfileHeader> headers,
    List<Part> message,
    Set<Operation> equivalents,
    Binding binding,
    boolean isSession)
{
}
