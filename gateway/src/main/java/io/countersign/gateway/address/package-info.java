/**
 * IP addresses as literals and bytes. Nothing here ever looks a name up.
 */
package io.countersign.gateway.address;
