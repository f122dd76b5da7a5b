source "amazon-ebs" "image" {
  region        = "eu-west-1"
  ami_name      = "web-new"
  instance_type = "t3.micro"
  source_ami_filter {
    filters     = { name = "no-such-image-*" }
    owners      = ["self"]
    most_recent = true
  }
}
build {
  sources = ["source.amazon-ebs.image"]
}
