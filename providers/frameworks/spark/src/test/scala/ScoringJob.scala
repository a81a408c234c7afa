import dev.modelsecrets.spark.{ModelSecrets, SecretReference}
import org.apache.spark.SparkContext

/** Calls the API as a job in Scala does; LocalModeTest compiles it. */
object ScoringJob {

  def lengths(spark: SparkContext): Array[Int] = {
    val token = SecretReference.of("token")
    spark
      .parallelize(Seq(1, 2), 2)
      .mapPartitions { rows =>
        val secrets = ModelSecrets.get()
        rows.map(row => row + secrets.require("token").length)
      }
      .map(sum => ModelSecrets.redacting(() => sum + token.reveal().length))
      .collect()
  }
}
