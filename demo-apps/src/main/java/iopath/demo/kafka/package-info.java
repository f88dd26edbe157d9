/** A real Kafka broker under the agent, with the claims about it put to the test. */
@NullMarked
package iopath.demo.kafka;

import org.jspecify.annotations.NullMarked;
