/**
 * JSON that can be understood in one way only, for access tokens and for the key register.
 */
package io.countersign.gateway.json;
